using ModelTraining.Onnx;

namespace ModelTraining.Tests.Losses;

/// <summary>Losses equal PyTorch's 1.13 (F.cross_entropy and its like), and their gradients central differences.</summary>
internal sealed class LossTests
{
    private static readonly float[] Scores = [0.5f, -1, 2, 1.5f, 0.25f, -0.75f];
    private static readonly float[] Others = [0, 0.4f, -2, 3, 0.25f, 0.1f];
    private static readonly float[] Yes = [1, 0, 1, 0, 0, 1];
    private static readonly float[] Probabilities = [0.2f, 0.3f, 0.5f, 0.1f, 0.9f, 0];
    private static readonly float[] Weights = [0.5f, 1, 2];

    private static IEnumerable<TestCaseData> Known()
    {
        yield return Case("cross-entropy", (s, g) => Onnx.Losses.CrossEntropy()(s, Classes(g)), 0.28599197);
        yield return Case("cross-entropy, weighted", (s, g) => Onnx.Losses.CrossEntropy(Weights)(s, Classes(g)), 0.25918359);
        yield return Case("cross-entropy, smoothed", (s, g) => Onnx.Losses.CrossEntropy(labelSmoothing: 0.1f)(s, Classes(g)), 0.41932529);
        yield return Case("cross-entropy, weighted and smoothed", (s, g) => Onnx.Losses.CrossEntropy(Weights, 0.1f)(s, Classes(g)), 0.38662449);
        yield return Case("focal of gamma 0", (s, g) => Onnx.Losses.Focal(0)(s, Classes(g)), 0.28599197);
        yield return Case("focal", (s, g) => Onnx.Losses.Focal()(s, Classes(g)), Focal(2, [1, 1, 1]));
        yield return Case("focal, weighted", (s, g) => Onnx.Losses.Focal(1.5f, Weights)(s, Classes(g)), Focal(1.5, [0.5, 1, 2]));
        yield return Case("binary cross-entropy", (s, g) => Onnx.Losses.BinaryCrossEntropy()(s, Of(g, Yes)), 0.76308173);
        yield return Case("binary cross-entropy, weighted", (s, g) => Onnx.Losses.BinaryCrossEntropy(3)(s, Of(g, Yes)), 1.34237373);
        yield return Case("mean squared error", (s, g) => Onnx.Losses.MeanSquaredError()(s, Of(g, Others)), 3.53041649);
        yield return Case("mean absolute error", (s, g) => Onnx.Losses.MeanAbsoluteError()(s, Of(g, [0, 0.4f, -2, 3, 0, 0.1f])), 1.375 + (0.25 / 6));
        yield return Case("huber", (s, g) => Onnx.Losses.Huber(0.7f)(s, Of(g, Others)), 0.76166660);
        yield return Case("quantiles", (s, g) => Onnx.Losses.Quantile(0.1f, 0.5f, 0.9f)(s, Of(g, [1, -1], 2, 1)), (0.05 + 1 + 0.1 + (0.9 * 2.5) + 0.625 + (0.1 * 0.25)) / 6);
        yield return Case("divergence", (s, g) => Onnx.Losses.KullbackLeibler()(s.LogSoftmax(), Of(g, Probabilities)), 0.77112395);
        yield return Case("distillation", (s, g) => Onnx.Losses.Distillation()(s, Of(g, Others)), 1.14167643);
        yield return Case("triplet", (s, g) => Onnx.Losses.Triplet(s, Of(g, Others), Of(g, [1, 1.4f, -1, 0.5f, 0.5f, 0.5f]), 2), 2.24847603);
        yield return Case("contrastive", (s, g) => Onnx.Losses.Contrastive(s, Of(g, [1, -1, 1, 1, 1, 0.25f]), Of(g, [1, 0], 2), 2), (1.25 + Math.Pow(2 - Math.Sqrt(0.25 + 0.5625 + 1), 2)) / 2);
        yield return Case("one's own", (s, g) => ((Func<Value, Value, Value>)((a, b) => (a - b).Pow(4).ReduceMean(keepDims: false)))(s, Of(g, Others)), Scores.Zip(Others, (a, b) => Math.Pow(a - b, 4)).Average());
    }

    [TestCaseSource(nameof(Known))]
    public void A_loss_equals_its_definition_and_its_gradient_central_differences(Func<Value, Graph, Value> build, double expected)
    {
        foreach (var opset in (int[])[13, 17, 21])
        {
            var graph = new Graph("loss", opset);
            var scores = graph.Input("scores", ElementType.Float, Dimension.Batch, 3);
            var loss = build(scores, graph);
            graph.Output("loss", loss);
            graph.Output("gradient", Onnx.Gradients.Of(loss, [scores])[0]);
            Assert.That(loss.Shape, Is.Empty);
            Assert.That(Onnx.Gradients.Weights(loss), Is.Empty, "what a loss is made of is not trained");
            var at = Run(graph, Scores);
            Assert.That(at.Loss, Is.EqualTo(expected).Within(2e-6 * Math.Max(1, expected)));
            for (var i = 0; i < Scores.Length; i++)
            {
                // In float, with a step at which rounding and curvature are alike.
                const float step = 1f / 256;
                float[] above = [.. Scores], below = [.. Scores];
                above[i] += step;
                below[i] -= step;
                Assert.That(at.Gradient[i], Is.EqualTo((Run(graph, above).Loss - Run(graph, below).Loss) / (2 * step)).Within(2e-3), $"element {i}");
            }
        }
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return new TestCaseData("MT1701", "'labelSmoothing' of CrossEntropy must be in [0, 1). Got 1", () => Onnx.Losses.CrossEntropy(labelSmoothing: 1));
        yield return new TestCaseData("MT1703", "'gamma' of Focal must be 0 or more. Got -1", () => Onnx.Losses.Focal(-1));
        yield return new TestCaseData("MT1703", "'positiveWeight' of BinaryCrossEntropy must be 0 or more. Got NaN", () => Onnx.Losses.BinaryCrossEntropy(float.NaN));
        yield return new TestCaseData("MT1703", "'delta' of Huber must be positive. Got 0", () => Onnx.Losses.Huber(0));
        yield return new TestCaseData("MT1703", "'quantiles' of Quantile must be in (0, 1). Got 1", () => Onnx.Losses.Quantile(0.5f, 1));
        yield return new TestCaseData("MT1703", "at least one number in (0, 1). Got none", () => Onnx.Losses.Quantile());
        yield return new TestCaseData("MT1703", "'temperature' of Distillation must be positive. Got -2", () => Onnx.Losses.Distillation(-2));
        yield return new TestCaseData("MT1704", "There are 2 class weights for 3 classes. Give one for each class", () => Onnx.Losses.CrossEntropy([1, 2])(new Graph().Input("x", ElementType.Float, 2, 3) is var x ? x : null!, Classes(x.Graph)));
    }

    private static IEnumerable<TestCaseData> Misfits()
    {
        var (list, column, three, classes) = ((Dimension[])[Dimension.Batch], (Dimension[])[Dimension.Batch, 1], (Dimension[])[Dimension.Batch, 3], ElementType.Int64);
        yield return Misfit("MT3100", "given to MeanSquaredError are not the same: a: Float[batch, 1] and b: Float[batch]. Reshape", Onnx.Losses.MeanSquaredError(), column, list);
        yield return Misfit("MT3100", "given to MeanAbsoluteError are not the same", Onnx.Losses.MeanAbsoluteError(), list, column);
        yield return Misfit("MT3100", "given to Huber are not the same", Onnx.Losses.Huber(), column, list);
        yield return Misfit("MT3100", "given to BinaryCrossEntropy are not the same", Onnx.Losses.BinaryCrossEntropy(), column, list);
        yield return Misfit("MT3100", "given to KullbackLeibler are not the same", Onnx.Losses.KullbackLeibler(), three, column);
        yield return Misfit("MT3100", "given to Distillation are not the same", Onnx.Losses.Distillation(), three, column);
        yield return Misfit("MT3100", "given to Triplet are not the same", (a, b) => Onnx.Losses.Triplet(a, a, b), three, column);
        yield return Misfit("MT3100", "given to Contrastive are not the same", (a, b) => Onnx.Losses.Contrastive(a, b, a.ReduceMean([1], keepDims: false)), three, column);
        yield return Misfit("MT3100", "given to Contrastive are not one number for each row", (a, b) => Onnx.Losses.Contrastive(a, a, b), three, column);
        yield return Misfit("MT3100", "given to Quantile are not predictions, [batch, 2], and targets, [batch, 1]", Onnx.Losses.Quantile(0.1f, 0.9f), three, column);
        yield return Misfit("MT3100", "given to Quantile are not predictions", Onnx.Losses.Quantile(0.1f, 0.5f, 0.9f), three, list);
        yield return Misfit("MT3100", "given to CrossEntropy are not scores, [batch, classes, ...], and a class for each", Onnx.Losses.CrossEntropy(), three, column, classes);
        yield return Misfit("MT3100", "given to CrossEntropy are not scores", Onnx.Losses.CrossEntropy(labelSmoothing: 0.1f), three, column, classes);
        yield return Misfit("MT3100", "given to Focal are not scores", Onnx.Losses.Focal(), three, column, classes);
        yield return Misfit("MT3101", "CrossEntropy takes positions of classes, Int64, not b: Float[batch]", Onnx.Losses.CrossEntropy(), three, list);
        yield return Misfit("MT3101", "CrossEntropy takes positions of classes", Onnx.Losses.CrossEntropy(labelSmoothing: 0.1f), three, list);
        yield return Misfit("MT3101", "Focal takes positions of classes", Onnx.Losses.Focal(), three, list);
        yield return Misfit("MT1704", "A class weight must be 0 or more. Got NaN", Onnx.Losses.CrossEntropy([1, float.NaN, 2]), three, list, classes);
        yield return Misfit("MT1704", "A class weight must be 0 or more. Got -1", Onnx.Losses.Focal(2, [0, -1, 2]), three, list, classes);
    }

    /// <summary>They would be broadcast: each row against all others, which trains, and is wrong.</summary>
    [TestCaseSource(nameof(Misfits))]
    public void A_loss_of_values_that_do_not_fit_is_an_error(string id, string message, Func<Value, Value, Value> loss, Dimension[] a, Dimension[] b, ElementType type)
    {
        var graph = new Graph();
        Assert.That(() => loss(graph.Input("a", ElementType.Float, a), graph.Input("b", type, b)), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo(id).And.Message.Contains(message));
    }

    [Test]
    public void A_loss_of_values_whose_sizes_are_not_known_is_built()
    {
        var graph = new Graph();
        var (a, b, single) = (graph.Input("a", ElementType.Float, new Dimension(-1), 1), graph.Input("b", ElementType.Float, Dimension.Batch, new Dimension(-1)), graph.Input("c", ElementType.Float, Dimension.Batch));
        Assert.That(Onnx.Losses.MeanSquaredError()(a, b).Shape, Is.Empty);
        Assert.That(Onnx.Losses.Quantile(0.5f)(single, single).Shape, Is.Empty);
        Assert.That(Onnx.Losses.Quantile(0.1f, 0.9f)(b, a).Shape, Is.Empty);
    }

    [TestCaseSource(nameof(Wrong))]
    public void A_loss_names_what_is_wrong(string id, string message, Func<object> build) =>
        Assert.That(() => build(), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo(id).And.Message.Contains(message));

    private static (float Loss, float[] Gradient) Run(Graph graph, float[] scores)
    {
        var results = GraphRun.All(OnnxFile.ToBytes(graph), ("scores", scores, [2, 3]));
        return (((float[])results[0].Elements)[0], (float[])results[1].Elements);
    }

    private static double Focal(double gamma, double[] weights) => new[] { (0, 2), (1, 0) }.Average(pair =>
    {
        var row = Scores.Skip(3 * pair.Item1).Take(3).Select(score => Math.Exp(score)).ToArray();
        var p = row[pair.Item2] / row.Sum();
        return -weights[pair.Item2] * Math.Pow(1 - p, gamma) * Math.Log(p);
    });

    private static Value Classes(Graph graph) => graph.Constant(Tensor.Of([2L, 0], 2));

    private static Value Of(Graph graph, float[] elements, params long[] shape) => graph.Add("Constant", [], ElementType.Float, [.. (shape.Length == 0 ? [2, 3] : shape).Select(Dimension.FromInt64)], [("value", Tensor.Of(elements, shape.Length == 0 ? [2, 3] : shape))]);

    private static TestCaseData Misfit(string id, string message, Func<Value, Value, Value> loss, Dimension[] a, Dimension[] b, ElementType type = ElementType.Float) =>
        new TestCaseData(id, message, loss, a, b, type).SetArgDisplayNames(message);

    private static TestCaseData Case(string name, Func<Value, Graph, Value> build, double expected) => new TestCaseData(build, expected).SetArgDisplayNames(name);
}
