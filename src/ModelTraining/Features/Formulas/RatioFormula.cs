using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>One number divided by another.</summary>
internal sealed record RatioFormula(string Numerator, string Denominator) : Formula($"{Numerator}/{Denominator}", [Numerator, Denominator])
{
    // Zero by zero is NaN, anything else by zero infinite: both are missing.
    public override float Of(ReadOnlySpan<float> inputs) => inputs[0] / inputs[1];

    public override Value Emit(IReadOnlyList<Value> inputs) => inputs[0] / inputs[1];
}
