using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>The logarithm of 1 + |x| with the sign of x.</summary>
internal sealed record LogFormula(string Column) : Formula($"log({Column})", [Column])
{
    // In double, and rounded to float at the end: logarithms of different libraries differ in their last bit, which then is lost.
    public override float Of(ReadOnlySpan<float> inputs)
    {
        var magnitude = (float)Math.Log(1 + Math.Abs((double)inputs[0]));
        return inputs[0] < 0 ? -magnitude : magnitude;
    }

    public override Value Emit(IReadOnlyList<Value> inputs)
    {
        var magnitude = (inputs[0].Cast(ElementType.Double).Abs() + 1L).Log().Cast(ElementType.Float);
        return inputs[0].Less(0f).Where(-magnitude, magnitude);
    }
}
