namespace ModelTraining.Onnx;

/// <summary>The operators that have a gradient, and those that end the way to one. docs/operators.md is made of it.</summary>
internal static class GradientRules
{
    /// <summary>One row an operator.</summary>
    public static IReadOnlyList<GradientRule> All { get; } =
    [
        new("Abs", ElementwiseRules.Abs, "X"),
        new("Add", ArithmeticRules.Add, "A, B"),
        new("AveragePool", PoolRules.Average, "X", "Sizes known only when the graph runs, where pads do not count or the size is rounded up."),
        new("BatchNormalization", NormalizationRules.Batch, "X, scale, B; without training_mode input_mean, input_var", "The running statistics that `training_mode` gives out count as fixed."),
        new("Cast", ShapingRules.Cast, "input"),
        new("Celu", ActivationRules.Celu, "X"),
        new("Clip", ArithmeticRules.Clip, "input, min, max"),
        new("Concat", JoiningRules.Concat, "inputs"),
        new("Conv", ConvolutionRules.Conv, "X, W, B"),
        new("ConvTranspose", ConvolutionRules.ConvTranspose, "X, W, B"),
        new("Cos", ElementwiseRules.Cos, "input"),
        new("CumSum", ShapingRules.CumSum, "x"),
        new("DepthToSpace", DepthRules.DepthToSpace, "input", "Sizes known only when the graph runs."),
        new("Div", ArithmeticRules.Div, "A, B"),
        new("Dropout", DropoutRule.Apply, "data"),
        new("Einsum", EinsumRule.Apply, "inputs", "An index twice in one operand; an index of one operand alone; `...` over broadcast dimensions."),
        new("Elu", ActivationRules.Elu, "X"),
        new("Erf", ElementwiseRules.Erf, "input"),
        new("Exp", ElementwiseRules.Exp, "input"),
        new("Expand", ShapingRules.Expand, "input"),
        new("Flatten", ShapingRules.Reshaped, "input"),
        new("GRU", RecurrentRules.Gru, "X, W, R, B, initial_h", "Open sequence lengths, `sequence_lens`, `clip`, `layout` 1, other activations."),
        new("Gather", GatherRules.Gather, "data"),
        new("GatherElements", GatherRules.GatherElements, "data", "Before opset 16."),
        new("GatherND", GatherRules.GatherND, "data", "Sizes known only when the graph runs, `batch_dims`."),
        new("Gelu", ActivationRules.Gelu, "X"),
        new("Gemm", LinearRules.Gemm, "A, B, C"),
        new("GlobalAveragePool", PoolRules.GlobalAverage, "X"),
        new("GlobalMaxPool", PoolRules.GlobalMax, "X"),
        new("GroupNormalization", NormalizationRules.Group, "X, scale, bias"),
        new("HardSigmoid", ActivationRules.HardSigmoid, "X"),
        new("HardSwish", ActivationRules.HardSwish, "X"),
        new("Identity", ShapingRules.Reshaped, "input"),
        new("If", BranchRule.If, "what its branches take; `Gradients.Weights` takes out of them what they hold"),
        new("InstanceNormalization", NormalizationRules.Instance, "input, scale, B"),
        new("LRN", NormalizationRules.Local, "X"),
        new("LSTM", RecurrentRules.Lstm, "X, W, R, B, initial_h, initial_c", "Open sequence lengths, `sequence_lens`, peepholes, `clip`, `layout` 1, other activations."),
        new("LayerNormalization", NormalizationRules.Layer, "X, Scale, B"),
        new("LeakyRelu", ActivationRules.LeakyRelu, "X"),
        new("Log", ElementwiseRules.Log, "input"),
        new("LogSoftmax", SoftmaxRules.LogSoftmax, "input"),
        new("LpNormalization", NormalizationRules.Lp, "input"),
        new("MatMul", LinearRules.MatMul, "A, B"),
        new("Max", ArithmeticRules.Extreme, "inputs"),
        new("MaxPool", PoolRules.Max, "X", "`storage_order` 1."),
        new("Mean", ArithmeticRules.Mean, "inputs"),
        new("MeanVarianceNormalization", NormalizationRules.MeanVariance, "X"),
        new("Min", ArithmeticRules.Extreme, "inputs"),
        new("Mish", ActivationRules.Mish, "X"),
        new("Mul", ArithmeticRules.Mul, "A, B"),
        new("Neg", ElementwiseRules.Neg, "X"),
        new("NegativeLogLikelihoodLoss", ClassLossRules.NegativeLogLikelihood, "input"),
        new("PRelu", ActivationRules.PRelu, "X, slope"),
        new("Pad", PadRule.Apply, "data, constant_value", "Other modes than `constant`."),
        new("Pow", ArithmeticRules.Pow, "X, Y"),
        new("RNN", RecurrentRules.Rnn, "X, W, R, B, initial_h", "As LSTM."),
        new("Reciprocal", ElementwiseRules.Reciprocal, "X"),
        new("ReduceL1", ReductionRules.L1, "data"),
        new("ReduceL2", ReductionRules.L2, "data"),
        new("ReduceLogSum", ReductionRules.LogSum, "data"),
        new("ReduceLogSumExp", ReductionRules.LogSumExp, "data"),
        new("ReduceMax", ReductionRules.Extreme, "data"),
        new("ReduceMean", ReductionRules.Mean, "data"),
        new("ReduceMin", ReductionRules.Extreme, "data"),
        new("ReduceProd", ReductionRules.Prod, "data", "NaN where an element is 0."),
        new("ReduceSum", ReductionRules.Sum, "data"),
        new("ReduceSumSquare", ReductionRules.SumSquare, "data"),
        new("Relu", ActivationRules.Relu, "X"),
        new("Reshape", ShapingRules.Reshaped, "data"),
        new("Resize", ResizeRule.Apply, "X", "Sizes or scales known only when the graph runs, `antialias`, `exclude_outside`, `axes`, `tf_crop_and_resize`."),
        new("ScatterElements", ScatterRules.ScatterElements, "data, updates", "`reduction` other than `none` and `add`."),
        new("ScatterND", ScatterRules.ScatterND, "data, updates", "`reduction` other than `none` and `add`."),
        new("Selu", ActivationRules.Selu, "X"),
        new("Sigmoid", ActivationRules.Sigmoid, "X"),
        new("Sin", ElementwiseRules.Sin, "input"),
        new("Slice", SliceRule.Apply, "data"),
        new("Softmax", SoftmaxRules.Softmax, "input"),
        new("SoftmaxCrossEntropyLoss", ClassLossRules.SoftmaxCrossEntropy, "scores"),
        new("Softplus", ActivationRules.Softplus, "X"),
        new("Softsign", ActivationRules.Softsign, "input"),
        new("SpaceToDepth", DepthRules.SpaceToDepth, "input", "Sizes known only when the graph runs."),
        new("Split", JoiningRules.Split, "input"),
        new("Sqrt", ElementwiseRules.Sqrt, "X"),
        new("Squeeze", ShapingRules.Reshaped, "data"),
        new("Sub", ArithmeticRules.Sub, "A, B"),
        new("Sum", ArithmeticRules.Sum, "inputs"),
        new("Tanh", ActivationRules.Tanh, "input"),
        new("ThresholdedRelu", ActivationRules.ThresholdedRelu, "X"),
        new("Tile", ShapingRules.Tile, "input"),
        new("Transpose", ShapingRules.Transpose, "data"),
        new("Trilu", ShapingRules.Trilu, "input"),
        new("Unsqueeze", ShapingRules.Reshaped, "data"),
        new("Where", ArithmeticRules.Where, "X, Y"),
    ];

    /// <summary>Operators whose outputs do not change, or change in steps, with their inputs: the way to a gradient ends there.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        "And", "ArgMax", "ArgMin", "Bernoulli", "Ceil", "Constant", "ConstantOfShape", "Equal", "EyeLike", "Floor", "Greater", "GreaterOrEqual", "IsInf", "IsNaN", "Less", "LessOrEqual", "Multinomial",
        "NonZero", "Not", "OneHot", "Or", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Range", "Round", "Shape", "Sign", "Size", "Xor",
    ];

    /// <summary>What the form of a graph that is trained has besides; no file does.</summary>
    private static readonly GradientRule[] OfTheForm =
    [
        new(TrainingKernels.Attention, AttentionRule.Apply, "queries, keys, values", Domain: TrainingKernels.Domain),
        new(TrainingKernels.BatchNormalization, NormalizationRules.BatchForm, "X, scale, B", Domain: TrainingKernels.Domain),
        new(TrainingKernels.Convolution, ConvolutionRules.Conv, "X, W", Domain: TrainingKernels.Domain),
        new(TrainingKernels.LayerNormalization, NormalizationRules.LayerForm, "X, Scale, B", Domain: TrainingKernels.Domain),
        new(TrainingKernels.Product, LinearRules.Form, "A, B, bias", Domain: TrainingKernels.Domain),
        new(TrainingKernels.Swap, ShapingRules.Swap, "X", Domain: TrainingKernels.Domain),
        new(GeluForm.OpType, ActivationRules.Gelu, "X", Domain: GeluForm.Domain),
    ];

    private static readonly Dictionary<(string Domain, string OpType), GradientRule> ByOperator = All.Concat(OfTheForm).ToDictionary(rule => (rule.Domain, rule.OpType));
    private static readonly HashSet<string> StepSet = [.. Steps];

    /// <summary>The rule of a node's operator; null where there is none.</summary>
    public static GradientRule? Find(Node node) => ByOperator.GetValueOrDefault((node.Domain, node.OpType));

    /// <summary>Whether no gradient passes through the node.</summary>
    public static bool StopsAt(Node node) => node.Domain.Length == 0 && StepSet.Contains(node.OpType);
}
