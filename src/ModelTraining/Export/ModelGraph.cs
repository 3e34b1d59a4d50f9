using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Builds the graph that ships: raw columns in, repairs, transforms, features and model, predictions out.</summary>
internal static class ModelGraph
{
    public const string Label = "label";
    public const string Probabilities = "probabilities";
    public const string Prediction = "prediction";

    public static Graph Build(RunState state) => Build(state, state.Model, state.Threshold);

    /// <summary>The graph with another model in the place of the run's own, to compare parts of it.</summary>
    public static Graph Build(RunState state, TrainedModel model, float? threshold)
    {
        var graph = new Graph("ModelTraining", Math.Max(state.Model.Opset, state.Features.Opset));
        var columns = new GraphColumns(graph);
        foreach (var column in state.Table.Schema.WithRole(ColumnRole.Feature))
        {
            Dimension[] row = [.. ShapeOf(state.Table[column.Name]).Select(size => (Dimension)size)];
            columns[column.Name] = graph.Input(column.Name, GraphColumns.TypeOf(column.Type), row.Length == 0 ? [Dimension.Batch, 1] : [Dimension.Batch, .. row]);
        }

        var outputs = model.Emit(state.Features.Emit(columns));
        if (state.Model.Task == LearningTask.Regression)
        {
            graph.Output(Prediction, outputs);
        }
        else
        {
            var best = threshold is { } least
                ? outputs.Slice(1, 2, 1).GreaterOrEqual(least).Cast(ElementType.Int64).Squeeze(1)
                : graph.Add("ArgMax", [outputs], ElementType.Int64, [Dimension.Batch], [("axis", 1), ("keepdims", 0)]);
            var names = graph.Constant(Tensor.Of([.. state.Model.Classes], state.Model.Classes.Count), "classes");
            graph.Output(Label, graph.Add("Gather", [names, best], ElementType.String, [Dimension.Batch]));
            graph.Output(Probabilities, outputs);
        }

        graph.Prune();
        Manifest(state, graph).WriteTo(graph);
        return graph;
    }

    /// <summary>The shape of a row's tensor; empty of other columns.</summary>
    private static int[] ShapeOf(Column column) => column is TensorColumn tensors ? tensors.Shape.ToArray() : [];

    private static ModelManifest Manifest(RunState state, Graph graph)
    {
        var schema = state.Table.Schema;
        var inputs = graph.Inputs.Select(input => schema[input.Name]).Select(column => new ModelInput(column.Name, column.Type) { Format = column.Format, Shape = ShapeOf(state.Table[column.Name]), IsComputed = state.Functions.All.Any(function => function.Name == column.Name) }).ToList();
        var needed = inputs.Select(input => input.Name).ToHashSet();
        return new ModelManifest
        {
            Task = state.Model.Task,
            Trainer = state.Model.Trainer,
            Classes = state.Model.Classes,
            Inputs = inputs,
            // The elements of tensors are features by the thousand, which nobody asks a file for.
            Features = inputs.Any(input => input.Type == ColumnType.Tensor) ? [] : state.Model.Features,
            Objective = (((state.Model as CalibratedModel)?.Inner ?? state.Model) as TreeEnsembleModel)?.Objective?.ToString(),
            OtherColumns = [.. state.Source.Schema.Concat(schema).Select(column => column.Name).Where(name => !needed.Contains(name)).Distinct()],
            LabelColumn = state.Target.Column,
            Metrics = state.Evaluation?.Metrics ?? new Dictionary<string, double>(),
            BaselineMetrics = state.Evaluation?.Baseline ?? new Dictionary<string, double>(),
            DataFingerprint = DataFingerprint.Of(state.Source),
            LibraryVersion = LibraryVersion.Text,
            TrainedAt = state.Plan.Time.GetUtcNow(),
            Status = state.Model.Status,
            Threshold = state.Threshold,
            Calibration = CalibrationOf(state.Model),
        };
    }

    private static string? CalibrationOf(TrainedModel model) => model switch
    {
        CalibratedModel calibrated => calibrated.Map.Description,
        EnsembleModel { Members: [CalibratedModel first, ..] } ensemble => $"of each of {ensemble.Members.Count} models; the first: {first.Map.Description}",
        _ => null,
    };
}
