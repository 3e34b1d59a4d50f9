using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Gives every row the same outputs.</summary>
internal sealed class ConstantModel(float[] constants) : TrainedModel
{
    public override void Predict(FeatureSet features, ReadOnlySpan<int> rows, Span<float> predictions, int threads = 1)
    {
        for (var row = 0; row < rows.Length; row++) constants.CopyTo(predictions[(row * constants.Length)..]);
    }

    /// <summary>A graph without inputs has no rows either, so the constant is spread over those of the first feature.</summary>
    public override Value Emit(Value features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var graph = features.Graph;
        var rows = features.ShapeOf().Slice(0, 1, 0);
        var shape = ShapingOperators.Concat([rows, graph.Constant(Tensor.Of([(long)constants.Length], 1))], 0);
        return graph.Constant(Tensor.Of(constants, 1, constants.Length)).Expand(shape);
    }
}
