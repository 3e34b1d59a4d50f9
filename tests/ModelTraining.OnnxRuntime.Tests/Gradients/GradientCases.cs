using ModelTraining.Onnx;

namespace ModelTraining.Tests.Gradients;

/// <summary>The table: every operator with a rule has at least one row.</summary>
internal static class GradientCases
{
    public static IReadOnlyList<GradientCase> All { get; } =
        [.. ElementwiseCases.All, .. LinearCases.All, .. ReductionCases.All, .. ShapingCases.All, .. GatheringCases.All, .. ClassLossCases.All, .. ConvolutionCases.All, .. NormalizationCases.All, .. ResizingCases.All, .. RecurrentCases.All, .. BranchCases.All];

    /// <summary>A node as a file has it: nothing is known of its result's shape.</summary>
    public static Value Node(string opType, IReadOnlyList<Value?> inputs, params (string, object)[] attributes) =>
        inputs[0]!.Graph.Add(opType, inputs, inputs[0]!.Type, null, attributes);

    /// <summary>A list of whole numbers.</summary>
    public static Value List(Value like, params long[] numbers) => like.Graph.Constant(Tensor.Of(numbers, numbers.Length));

    /// <summary>A constant of the type of <paramref name="like"/>.</summary>
    public static Value Constant(Value like, double[] numbers, params long[] shape) => like.Graph.Constant(
        like.Type == ElementType.Double ? Tensor.Of(numbers, shape) : Tensor.Of(Array.ConvertAll(numbers, number => (float)number), shape));

    /// <summary>A function of one number as a reference.</summary>
    public static Func<double[][], double[]> Each(Func<double, double> function) => inputs => Array.ConvertAll(inputs[0], element => function(element));
}
