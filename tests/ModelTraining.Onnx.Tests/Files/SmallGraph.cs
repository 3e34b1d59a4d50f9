using ModelTraining.Onnx;

namespace ModelTraining.Tests.Files;

/// <summary>A graph with a little of everything.</summary>
internal static class SmallGraph
{
    public static Graph Build()
    {
        var graph = new Graph("small");
        var color = graph.Input("color", ElementType.String, Dimension.Batch, 1);
        var size = graph.Input("size", ElementType.Float, Dimension.Batch, 1);
        var weight = graph.Constant(Tensor.Of([1f, 2f], 1, 2), "weight");
        var names = graph.Constant(Tensor.Of(["ja", "", "Größe"], 3), "names");
        var code = color.LabelEncoder(["red", "grün"], [0f, 1f]);
        var score = (code + size).MatMul(weight).Clip(0, null);
        graph.Output("score", score);
        graph.Output("name", names.Gather(score.ArgMax(1, keepDims: false)));
        graph.Metadata["made by"] = "Größe & Co";
        return graph;
    }
}
