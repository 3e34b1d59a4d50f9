using ModelTraining.Onnx;

namespace ModelTraining.Tests.Predictors;

/// <summary>Models by hand, whose prediction tells which of them it is from.</summary>
internal static class Model
{
    /// <summary>age · factor, from the columns given; the other columns do not count.</summary>
    public static byte[] Of(float factor, IReadOnlyList<string>? columns = null, IReadOnlyList<string>? otherColumns = null, ColumnType type = ColumnType.Number, string? computed = null)
    {
        columns ??= ["age", "visits"];
        var graph = new Graph("model");
        foreach (var column in columns) graph.Input(column, GraphColumns.TypeOf(type), Dimension.Batch, 1);
        graph.Output("prediction", graph[columns[0]].Cast(ElementType.Float) * factor);
        new ModelManifest
        {
            Task = LearningTask.Regression,
            Trainer = $"Times {factor}",
            Inputs = [.. columns.Select(column => new ModelInput(column, type) { IsComputed = column == computed })],
            OtherColumns = otherColumns ?? ["id"],
            LabelColumn = "spent",
            TrainedAt = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        }.WriteTo(graph);
        return OnnxFile.ToBytes(graph);
    }

    /// <summary>A sigmoid of age, of two classes.</summary>
    public static byte[] Classifier(params string[] classes)
    {
        var graph = new Graph("model");
        var likely = graph.Input("age", ElementType.Float, Dimension.Batch, 1).Sigmoid();
        graph.Input("visits", ElementType.Float, Dimension.Batch, 1);
        var probabilities = Value.Concat([1f - likely, likely], 1);
        graph.Output("label", probabilities.ArgMax(1, keepDims: false).LabelEncoder([0L, 1], classes));
        graph.Output("probabilities", probabilities);
        new ModelManifest
        {
            Task = LearningTask.BinaryClassification,
            Trainer = "Sigmoid",
            Classes = classes,
            Inputs = [new ModelInput("age", ColumnType.Number), new ModelInput("visits", ColumnType.Number)],
            OtherColumns = ["id"],
            LabelColumn = "spent",
        }.WriteTo(graph);
        return OnnxFile.ToBytes(graph);
    }

    /// <summary>
    /// Puts a model in a file's place as the library's export does: written aside, then renamed. Its time is a second after the old one's; a file system's own
    /// clock may not have ticked between two files of the same length.
    /// </summary>
    public static void Swap(string path, byte[] model)
    {
        File.WriteAllBytes(path + ".tmp", model);
        if (File.Exists(path)) File.SetLastWriteTimeUtc(path + ".tmp", File.GetLastWriteTimeUtc(path).AddSeconds(1));
        File.Move(path + ".tmp", path, overwrite: true);
    }
}
