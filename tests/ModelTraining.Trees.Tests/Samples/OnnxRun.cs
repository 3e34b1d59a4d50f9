using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using ModelTraining.Onnx;

namespace ModelTraining.Tests;

/// <summary>A model's graph in ONNX Runtime.</summary>
internal static class OnnxRun
{
    public static float[] Predict(TrainedModel model, FeatureSet features)
    {
        var graph = new Graph();
        graph.Output("y", model.Emit(graph.Input("x", ElementType.Float, Dimension.Batch, features.Count)));
        var values = new float[features.RowCount * features.Count];
        for (var feature = 0; feature < features.Count; feature++)
        {
            for (var row = 0; row < features.RowCount; row++) values[(row * features.Count) + feature] = features.Column(feature)[row];
        }

        using var session = new InferenceSession(OnnxFile.ToBytes(graph));
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(values, [features.RowCount, features.Count]))]);
        return [.. results.Single().AsTensor<float>()];
    }
}
