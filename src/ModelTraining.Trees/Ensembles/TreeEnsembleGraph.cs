using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Writes trees as the ONNX operator TreeEnsembleRegressor (ai.onnx.ml 3), which sums leaves as we do.</summary>
internal static class TreeEnsembleGraph
{
    private const string Domain = "ai.onnx.ml";
    private const int Opset = 3;

    public static Value Emit(Value features, TreeEnsembleModel model)
    {
        var graph = features.Graph;
        if (!graph.Opsets.TryGetValue(Domain, out var version) || version < Opset) graph.UseOpset(Domain, Opset);
        var outputs = model.BaseScores.Count;
        var nodes = new TreeNodes();
        for (var tree = 0; tree < model.Trees.Count; tree++) nodes.Add(tree, model.Trees[tree]);
        var attributes = nodes.Attributes()
            .Append(("n_targets", (object)(long)outputs))
            .Append(("base_values", model.BaseScores.ToArray()))
            .Append(("aggregate_function", "SUM"))
            .Append(("post_transform", "NONE"));
        var batch = features.Shape is { Count: > 0 } shape ? shape[0] : Dimension.Batch;
        var scores = graph.Add("TreeEnsembleRegressor", [features], ElementType.Float, [batch, outputs], attributes, Domain);
        switch (model.Task)
        {
            case LearningTask.Regression:
                return scores;
            case LearningTask.BinaryClassification:
                var positive = graph.Add("Sigmoid", [scores], ElementType.Float, [batch, 1]);
                var negative = graph.Add("Sub", [graph.Constant(1f), positive], ElementType.Float, [batch, 1]);
                return graph.Add("Concat", [negative, positive], ElementType.Float, [batch, 2], [("axis", 1L)]);
            default:
                return graph.Add("Softmax", [scores], ElementType.Float, [batch, outputs], [("axis", 1L)]);
        }
    }
}
