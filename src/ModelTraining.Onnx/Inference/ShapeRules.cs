namespace ModelTraining.Onnx;

/// <summary>How operators make the types and shapes of their outputs.</summary>
internal static class ShapeRules
{
    private static readonly string[] LikeInput =
    [
        "Abs", "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Ceil", "Celu", "Clip", "Cos", "Cosh", "CumSum", "Elu", "Erf", "Exp", "Floor", "Gelu", "GroupNormalization", "HardSigmoid", "HardSwish", "Hardmax",
        "Identity", "InstanceNormalization", "LRN", "LeakyRelu", "Log", "LogSoftmax", "LpNormalization", "MeanVarianceNormalization", "Mish", "Neg", "Not", "PRelu", "RMSNormalization", "Reciprocal", "Relu", "Round", "ScatterElements", "ScatterND",
        "Selu", "Shrink", "Sigmoid", "Sign", "Sin", "Sinh", "Softmax", "Softplus", "Softsign", "Sqrt", "Tan", "Tanh", "ThresholdedRelu", "Trilu",
    ];

    private static readonly string[] Arithmetic = ["Add", "Sub", "Mul", "Div", "Mod", "Max", "Min", "Sum", "Mean", "BitwiseAnd", "BitwiseOr", "BitwiseXor"];
    private static readonly string[] Comparisons = ["Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "And", "Or", "Xor"];
    private static readonly string[] Reductions = ["ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceProd", "ReduceSumSquare"];

    private static readonly Dictionary<string, Action<NodeShapes>> Rules = Build();

    /// <summary>The rule of an operator of the default set; null where there is none.</summary>
    public static Action<NodeShapes>? Find(string opType) => Rules.GetValueOrDefault(opType);

    private static Dictionary<string, Action<NodeShapes>> Build()
    {
        var rules = new Dictionary<string, Action<NodeShapes>>(StringComparer.Ordinal)
        {
            ["Constant"] = ContentRules.Constant,
            ["Shape"] = ContentRules.Shape,
            ["Size"] = ContentRules.Size,
            ["If"] = BranchShapes.If,
            ["Range"] = ContentRules.Range,
            ["ConstantOfShape"] = ContentRules.ConstantOfShape,
            ["Pow"] = node => Broadcast(node, node[0]?.Type ?? ElementType.Undefined),
            ["Where"] = ContentRules.Where,
            ["IsNaN"] = node => node.Set(0, ElementType.Bool, node[0]?.Shape),
            ["IsInf"] = node => node.Set(0, ElementType.Bool, node[0]?.Shape),
            ["MatMul"] = ProductShapes.MatMul,
            ["Gemm"] = ProductShapes.Gemm,
            ["Einsum"] = ProductShapes.Einsum,
            ["Conv"] = WindowShapes.Conv,
            ["ConvTranspose"] = WindowShapes.ConvTranspose,
            ["MaxPool"] = WindowShapes.Pool,
            ["AveragePool"] = WindowShapes.Pool,
            ["LpPool"] = WindowShapes.Pool,
            ["GlobalAveragePool"] = WindowShapes.Global,
            ["GlobalMaxPool"] = WindowShapes.Global,
            ["BatchNormalization"] = NormalizationShapes.Batch,
            ["LayerNormalization"] = NormalizationShapes.Layer,
            ["SoftmaxCrossEntropyLoss"] = NormalizationShapes.ClassLoss,
            ["NegativeLogLikelihoodLoss"] = NormalizationShapes.ClassLoss,
            ["LSTM"] = NormalizationShapes.Recurrent,
            ["GRU"] = NormalizationShapes.Recurrent,
            ["RNN"] = NormalizationShapes.Recurrent,
            ["ArgMax"] = MovingShapes.Position,
            ["ArgMin"] = MovingShapes.Position,
            ["Cast"] = MovingShapes.Cast,
            ["CastLike"] = node => node.Set(0, node[1]?.Type ?? ElementType.Undefined, node[0]?.Shape),
            ["Concat"] = MovingShapes.Concat,
            ["DepthToSpace"] = WindowShapes.DepthToSpace,
            ["SpaceToDepth"] = WindowShapes.SpaceToDepth,
            ["Dropout"] = MovingShapes.Dropout,
            ["Expand"] = MovingShapes.Expand,
            ["Flatten"] = MovingShapes.Flatten,
            ["Gather"] = MovingShapes.Gather,
            ["GatherElements"] = node => node.Set(0, node[0]?.Type ?? ElementType.Undefined, node[1]?.Shape),
            ["GatherND"] = MovingShapes.GatherND,
            ["NonZero"] = node => node.Set(0, ElementType.Int64, [node[0]?.Shape is { } shape ? shape.Count : new Dimension(-1), new Dimension(-1)]),
            ["OneHot"] = MovingShapes.OneHot,
            ["Pad"] = MovingShapes.Pad,
            ["Reshape"] = MovingShapes.Reshape + (Action<NodeShapes>)BlockContents.Reshape,
            ["Resize"] = MovingShapes.Resize,
            ["Slice"] = MovingShapes.Slice + (Action<NodeShapes>)BlockContents.Slice,
            ["Split"] = MovingShapes.Split,
            ["Squeeze"] = MovingShapes.Squeeze,
            ["Tile"] = MovingShapes.Tile,
            ["TopK"] = MovingShapes.TopK,
            ["Transpose"] = MovingShapes.Transpose + (Action<NodeShapes>)BlockContents.Transpose,
            ["Unsqueeze"] = MovingShapes.Unsqueeze,
        };
        foreach (var opType in LikeInput) rules.Add(opType, SameAsInput);
        foreach (var opType in Arithmetic) rules.Add(opType, ContentRules.Arithmetic);
        foreach (var opType in Comparisons) rules.Add(opType, ContentRules.Condition);
        foreach (var opType in Reductions) rules.Add(opType, MovingShapes.Reduce);
        return rules;
    }

    /// <summary>The type given, and the shape that the inputs broadcast to.</summary>
    internal static void Broadcast(NodeShapes node, ElementType type) => node.Set(0, type, node.Inputs is { } inputs ? Shapes.Broadcast(node.Node.OpType, inputs) : null);

    private static void SameAsInput(NodeShapes node)
    {
        node.Set(0, node[0]?.Type ?? ElementType.Undefined, node[0]?.Shape);
        if (node.Node.OpType == "Identity") node.SetContents(node.Contents(0));
        if (node.Node.OpType == "Not" && ListContents.Numbers(node.Contents(0)) is { } numbers) node.SetContents([.. numbers.Select(number => (Dimension)(1 - number))]);
    }
}
