using System.Runtime.Intrinsics;

namespace ModelTraining.Onnx;

/// <summary>
/// Operators that a backend computes itself, in one pass over the data where nodes of ONNX take several. A graph that declares their operator set is
/// given them by the rules of <see cref="Gradients"/>; no graph that leaves the backend does.
/// </summary>
internal static class TrainingKernels
{
    /// <summary>The operator set.</summary>
    public const string Domain = "modeltraining.kernels";

    /// <summary>(gradient, output) → towards the input.</summary>
    public const string ReluGradient = "ReluGradient";

    /// <summary>(gradient, input) → towards the input; without approximation.</summary>
    public const string GeluGradient = "GeluGradient";

    /// <summary>(gradient, output) → towards the input, over the last axis.</summary>
    public const string SoftmaxGradient = "SoftmaxGradient";

    /// <summary>As in ONNX, with all inputs and outputs.</summary>
    public const string LayerNormalization = "LayerNormalization";

    /// <summary>(gradient, X, scale, mean, inverse deviation) → towards X, scale and B.</summary>
    public const string LayerNormalizationGradient = "LayerNormalizationGradient";

    /// <summary>By the statistics of the batch: (X, scale, B) → Y, mean, variance, inverse deviation; [1, channels, 1, ...].</summary>
    public const string BatchNormalization = "BatchNormalization";

    /// <summary>(gradient, X, scale, mean, inverse deviation) → towards X, scale and B.</summary>
    public const string BatchNormalizationGradient = "BatchNormalizationGradient";

    /// <summary>As Conv of ONNX over images, without groups and bias: (X, W) → Y.</summary>
    public const string Convolution = "Convolution";

    /// <summary>(X, gradient) → towards the weights of a <see cref="Convolution"/>.</summary>
    public const string ConvolutionWeightGradient = "ConvolutionWeightGradient";

    /// <summary>(terms) → their sum, where all have one shape; their number is the attribute <c>terms</c>.</summary>
    public const string Sum = "Sum";

    /// <summary>[..., columns] → the sum of each column.</summary>
    public const string SumColumns = "SumColumns";

    /// <summary>[a, b, c, d] → [a, c, b, d].</summary>
    public const string Swap = "Swap";

    /// <summary>(loss, ...) → nothing: updates the weights of a session, whose handle is the attribute <c>pass</c>, after all that goes in.</summary>
    public const string UpdateWeights = "UpdateWeights";

    /// <summary>The products of a number of the output, or of the weights of all outputs, beyond which products of matrices are as fast.</summary>
    private const long MostTaps = 1152, MostWeights = 147_456;

    /// <summary>(indices, rows) → a table of a <c>shape</c>, whose rows are the sums of those that have their index.</summary>
    public const string SumRows = "SumRows";

    /// <summary>States that a graph may use the operators.</summary>
    public static void Allow(Graph graph) => graph.UseOpset(Domain, 1);

    /// <summary>Whether the gradient of a value may use the operators: they are of floats.</summary>
    public static bool Take(Value value) => value.Type == ElementType.Float && value.Graph.Opsets.ContainsKey(Domain);

    /// <summary>Whether the operators for convolutions are for this one: over images of known size, with few channels, on a processor whose vectors they are written for.</summary>
    /// <param name="x">What is convolved.</param>
    /// <param name="weight">The weights, [outputs, channels, height, width].</param>
    /// <param name="moves">How the kernel moves.</param>
    /// <param name="groups">The number of groups.</param>
    public static bool TakeConvolution(Value x, Value weight, Moves moves, long groups) =>
        Take(x) && Vector512.IsHardwareAccelerated && groups == 1 && moves.Rank == 2
        && x.Shape is { Count: 4 } shape && shape.All(size => size is { IsKnown: true, Size: > 0 }) && weight.Shape is { } sizes && sizes.All(size => size.IsKnown)
        && sizes[0].Size >= 8 && Shapes.Count(sizes.Skip(1)) is >= 3 and <= MostTaps && Shapes.Count(sizes) <= MostWeights
        && moves.Pads.All(pad => pad >= 0) && (moves.Kernel.Any(size => size > 1) || moves.Strides.Any(stride => stride > 1));

    /// <summary>Adds an operator whose output is like <paramref name="like"/>.</summary>
    public static Value Add(string opType, Value like, params IReadOnlyList<Value?> inputs) => like.Graph.Add(opType, inputs, like.Type, like.Shape, domain: Domain);

    /// <summary>Adds an operator whose outputs are like values.</summary>
    public static IReadOnlyList<Value> Add(string opType, IReadOnlyList<Value> inputs, params IEnumerable<Value> like) =>
        inputs[0].Graph.Add(opType, inputs, [.. like.Select(value => (value.Type, value.Shape))], domain: Domain);
}
