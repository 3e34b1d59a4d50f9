using ModelTraining.Onnx;

namespace ModelTraining.Tests.Export;

/// <summary>Says 0.9 in managed code and 0.8 in its graph.</summary>
internal sealed class TwoFacedModel : TrainedModel
{
    public override void Predict(FeatureSet features, ReadOnlySpan<int> rows, Span<float> outputs, int threads = 1)
    {
        for (var i = 0; i < rows.Length; i++) (outputs[2 * i], outputs[2 * i + 1]) = (0.1f, 0.9f);
    }

    public override Value Emit(Value features)
    {
        var any = features.ReduceMean([1]) * 0f;
        var zero = any.IsNaN().Where(features.Graph.Constant(0f), any);
        return features.Graph.Add("Concat", [zero + 0.2f, zero + 0.8f], ElementType.Float, [Dimension.Batch, 2], [("axis", 1)]);
    }
}
