using ModelTraining.Onnx;

namespace ModelTraining.Tests.Stores;

/// <summary>A model small enough to be saved many times.</summary>
internal static class StoredBytes
{
    public static byte[] Of(float factor)
    {
        var graph = new Graph("model");
        graph.Output("prediction", graph.Input("age", ElementType.Float, Dimension.Batch, 1) * factor);
        new ModelManifest { Task = LearningTask.Regression, Trainer = $"Times {factor}", Inputs = [new ModelInput("age", ColumnType.Number)], Metrics = new Dictionary<string, double> { ["rmse"] = factor } }.WriteTo(graph);
        return OnnxFile.ToBytes(graph);
    }
}
