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

    /// <summary>(indices, rows) → a table of a <c>shape</c>, whose rows are the sums of those that have their index.</summary>
    public const string SumRows = "SumRows";

    /// <summary>States that a graph may use the operators.</summary>
    public static void Allow(Graph graph) => graph.UseOpset(Domain, 1);

    /// <summary>Whether the gradient of a value may use the operators: they are of floats.</summary>
    public static bool Take(Value value) => value.Type == ElementType.Float && value.Graph.Opsets.ContainsKey(Domain);

    /// <summary>Adds an operator whose output is like <paramref name="like"/>.</summary>
    public static Value Add(string opType, Value like, params IReadOnlyList<Value?> inputs) => like.Graph.Add(opType, inputs, like.Type, like.Shape, domain: Domain);

    /// <summary>Adds an operator whose outputs are like values.</summary>
    public static IReadOnlyList<Value> Add(string opType, IReadOnlyList<Value> inputs, params IEnumerable<Value> like) =>
        inputs[0].Graph.Add(opType, inputs, [.. like.Select(value => (value.Type, value.Shape))], domain: Domain);
}
