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

    /// <summary>(A, B, bias) → A·B' + bias, room. B is a matrix, of A all dimensions but the last are one; attributes <c>transB</c> and <c>bias</c>: whether there is one.</summary>
    public const string Product = "Product";

    /// <summary>As <see cref="Product"/>, (A, B, bias) → the Gelu of the result, its slope, room.</summary>
    public const string ProductGelu = "ProductGelu";

    /// <summary>(A, B, factor) → the product of A and B times a factor for each element, room; attributes as of a <see cref="Product"/>.</summary>
    public const string ProductTimes = "ProductTimes";

    /// <summary>(A, B) → A'·B, the sums of B's columns, room. All dimensions but the last are one. The gradient of weights and bias, of what they multiply and the gradient of the result; attribute <c>sums</c>: whether they are wanted.</summary>
    public const string WeightGradient = "WeightGradient";

    /// <summary>
    /// (queries, keys, values, masks) → what is seen, [batch, sequence, width], and the shares, [batch, heads, sequence, other sequence]; attributes <c>heads</c>, <c>scale</c> of scores,
    /// and the number of <c>masks</c>, which are added to them.
    /// </summary>
    public const string Attention = "Attention";

    /// <summary>(gradient, queries, keys, values, shares) → towards queries, keys and values; attributes <c>heads</c> and <c>scale</c>.</summary>
    public const string AttentionGradient = "AttentionGradient";

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

    /// <summary>With fewer products, fewer rows or smaller matrices, those of ONNX Runtime are as fast.</summary>
    private const long FewestProducts = 1 << 21, FewestRows = 256, LeastSize = 32;

    /// <summary>The numbers of a line of the cache: whole vectors on any processor.</summary>
    private const long Vector = 16;

    /// <summary>The rows of a panel of products.</summary>
    private const long LeastSequence = 12;

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

    /// <summary>Whether the operators for products are for this one: of known sizes that are worth it, by weights that change, on a processor whose vectors they are written for.</summary>
    /// <param name="x">Rows, [..., features].</param>
    /// <param name="weight">A matrix.</param>
    /// <param name="transposed">Whether it is [units, features].</param>
    public static bool TakeProduct(Value x, Value weight, bool transposed = false) =>
        Take(x) && Vector512.IsHardwareAccelerated && !weight.Graph.Constants.ContainsKey(weight.Name)
        && x.Shape is { Count: >= 2 } shape && shape.All(size => size.IsKnown) && weight.Shape is [{ IsKnown: true } first, { IsKnown: true } second]
        && (transposed ? second : first).Size == shape[^1].Size && Math.Min(first.Size, second.Size) >= LeastSize
        && Shapes.Count(shape.SkipLast(1)) is >= FewestRows and var rows && rows * first.Size * second.Size >= FewestProducts;

    /// <summary>Whether the operators for attention are for this one: of known sizes, of sequences that fill a panel, on a processor whose vectors they are written for.</summary>
    /// <param name="query">The queries, [batch, sequence, width].</param>
    /// <param name="key">The keys, [batch, other sequence, width].</param>
    /// <param name="content">The values, as the keys.</param>
    /// <param name="heads">The number of heads.</param>
    public static bool TakeAttention(Value query, Value key, Value content, long heads) =>
        Take(query) && Vector512.IsHardwareAccelerated && query.Shape is { Count: 3 } shape && key.Shape is { Count: 3 } others && content.Shape is { } contents
        && shape.Concat(others).All(size => size is { IsKnown: true, Size: > 0 }) && Broadcasting.SameShape(others, contents)
        && shape[0].Size == others[0].Size && shape[2].Size == others[2].Size && shape[2].Size % heads == 0 && others[1].Size >= LeastSequence;

    /// <summary>Whether the Gelu of a product that they take is theirs, too.</summary>
    public static bool TakeGelu(Dimension units) => units.Size % Vector == 0;

    /// <summary>Adds a <see cref="Product"/>.</summary>
    public static Value AddProduct(Value a, Value b, bool transB = false) =>
        a.Graph.Add(Product, [a, b], [(a.Type, [.. a.Shape!.SkipLast(1), b.Shape![transB ? 0 : 1]]), Room], ProductAttributes(transB, bias: false), Domain)[0];

    /// <summary>Adds a <see cref="WeightGradient"/>.</summary>
    /// <param name="a">The left operand.</param>
    /// <param name="b">The right operand.</param>
    /// <param name="sums">Whether the second value is wanted.</param>
    /// <returns>The product and the sums.</returns>
    public static (Value Product, Value Sums) AddWeightGradient(Value a, Value b, bool sums = true)
    {
        var (rows, columns) = (a.Shape![^1], b.Shape![^1]);
        var added = a.Graph.Add(WeightGradient, [a, b], [(a.Type, [rows, columns]), (a.Type, [columns]), Room], [("sums", sums ? 1L : 0)], Domain);
        return (added[0], added[1]);
    }

    /// <summary>The attributes of a <see cref="Product"/>.</summary>
    public static IEnumerable<(string Name, object Value)> ProductAttributes(bool transB, bool bias) => [("transB", transB ? 1L : 0), ("bias", bias ? 1L : 0)];

    /// <summary>Memory that an operator needs while it runs, and ONNX Runtime gives to others after it.</summary>
    public static (ElementType Type, IReadOnlyList<Dimension>? Shape) Room => (ElementType.UInt8, null);

    /// <summary>Adds an operator whose output is like <paramref name="like"/>.</summary>
    public static Value Add(string opType, Value like, params IReadOnlyList<Value?> inputs) => like.Graph.Add(opType, inputs, like.Type, like.Shape, domain: Domain);

    /// <summary>Adds an operator whose outputs are like values.</summary>
    public static IReadOnlyList<Value> Add(string opType, IReadOnlyList<Value> inputs, params IEnumerable<Value> like) =>
        inputs[0].Graph.Add(opType, inputs, [.. like.Select(value => (value.Type, value.Shape))], domain: Domain);
}
