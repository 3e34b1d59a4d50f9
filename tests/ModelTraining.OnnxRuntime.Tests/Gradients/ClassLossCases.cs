using ModelTraining.Onnx;
using static ModelTraining.Tests.Gradients.GradientCases;

namespace ModelTraining.Tests.Gradients;

internal static class ClassLossCases
{
    private static readonly long[] Labels = [2, 0, 1, 2];

    private static readonly double[] Weights = [0.5, 1, 2];

    public static IReadOnlyList<GradientCase> All { get; } =
    [
        new("SoftmaxCrossEntropyLoss", [[4, 3]], x => Loss("SoftmaxCrossEntropyLoss", x[0])) { Since = 12, Reference = x => [Mean(Entropy(x[0]), _ => 1)] },
        new("SoftmaxCrossEntropyLoss, summed", [[4, 3]], x => Loss("SoftmaxCrossEntropyLoss", x[0], ("reduction", "sum"))) { Since = 12, Reference = x => [Entropy(x[0]).Sum()] },
        new("SoftmaxCrossEntropyLoss, of each", [[4, 3]], x => Loss("SoftmaxCrossEntropyLoss", x[0], ("reduction", "none"))) { Since = 12, Reference = x => Entropy(x[0]) },
        new("SoftmaxCrossEntropyLoss, a class ignored", [[4, 3]], x => Loss("SoftmaxCrossEntropyLoss", x[0], ("ignore_index", 2L))) { Since = 12, Reference = x => [Mean(Entropy(x[0]), label => label == 2 ? 0 : 1)] },
        new("SoftmaxCrossEntropyLoss, weighted", [[4, 3]], x => Node("SoftmaxCrossEntropyLoss", [x[0], x[0].Graph.Constant(Tensor.Of(Labels, 4)), Constant(x[0], Weights, 3)])) { Since = 12, Reference = x => [Mean(Entropy(x[0]), label => Weights[label])] },
        new("SoftmaxCrossEntropyLoss, of an image", [[2, 3, 2]], x => Node("SoftmaxCrossEntropyLoss", [x[0], x[0].Graph.Constant(Tensor.Of(Labels, 2, 2))])) { Since = 12, Reference = x => [Mean(Entropy(Pixels(x[0])), _ => 1)] },
        new("NegativeLogLikelihoodLoss", [[4, 3]], x => Loss("NegativeLogLikelihoodLoss", x[0])) { Since = 12, Reference = x => [Mean(Picked(x[0]), _ => 1)] },
        new("NegativeLogLikelihoodLoss, weighted, a class ignored", [[4, 3]], x => Node("NegativeLogLikelihoodLoss", [x[0], x[0].Graph.Constant(Tensor.Of(Labels, 4)), Constant(x[0], Weights, 3)], ("ignore_index", 0L))) { Since = 12, Reference = x => [Mean(Picked(x[0]), label => label == 0 ? 0 : Weights[label])] },
    ];

    private static Value Loss(string opType, Value scores, params (string, object)[] attributes) => Node(opType, [scores, scores.Graph.Constant(Tensor.Of(Labels, 4))], attributes);

    private static double[] Picked(double[] scores) => [.. Labels.Select((label, i) => -scores[(i * 3) + label])];

    private static double[] Entropy(double[] scores) => [.. Labels.Select((label, i) => Math.Log(scores[(i * 3)..((i * 3) + 3)].Sum(Math.Exp)) - scores[(i * 3) + label])];

    /// <summary>[2, 3, 2] as the scores of four pixels.</summary>
    private static double[] Pixels(double[] scores) => [.. from i in Enumerable.Range(0, 2) from k in Enumerable.Range(0, 2) from c in Enumerable.Range(0, 3) select scores[(i * 6) + (c * 2) + k]];

    /// <summary>With "sum of weights" in the denominator, as the specification has it.</summary>
    private static double Mean(double[] losses, Func<long, double> weight) => losses.Select((loss, i) => loss * weight(Labels[i])).Sum() / Labels.Sum(weight);
}
