using ModelTraining.Onnx;

namespace ModelTraining.Tests.Calibration;

/// <summary>Says one temperature in managed code and another in its graph.</summary>
internal sealed class TwoFacedMap : ProbabilityMap
{
    private readonly TemperatureMap _managed = new(1), _emitted = new(1.01);

    public override string Description => "two faces";

    public override void Apply(Span<float> probabilities, int width) => _managed.Apply(probabilities, width);

    public override Value Emit(Value probabilities, int width) => _emitted.Emit(probabilities, width);
}
