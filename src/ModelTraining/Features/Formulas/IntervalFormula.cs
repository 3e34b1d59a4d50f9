using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>1 where a number is at least <paramref name="From"/> and, unless that is infinite, less than <paramref name="To"/>; otherwise, and where it is missing, 0.</summary>
internal sealed record IntervalFormula(string Name, string Column, float From, float To) : Formula(Name, [Column])
{
    public override bool IsBounded => true;

    public override float Of(ReadOnlySpan<float> inputs) => inputs[0] >= From && (To == float.PositiveInfinity || inputs[0] < To) ? 1 : 0;

    public override Value Emit(IReadOnlyList<Value> inputs)
    {
        var reached = inputs[0].GreaterOrEqual(From);
        return (To == float.PositiveInfinity ? reached : reached.And(inputs[0].Less(To))).Cast(ElementType.Float);
    }
}
