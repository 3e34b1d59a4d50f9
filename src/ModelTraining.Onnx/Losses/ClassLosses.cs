namespace ModelTraining.Onnx;

/// <summary>Losses of probabilities.</summary>
internal static class ClassLosses
{
    private const int LossOperator = 12;

    public static Value CrossEntropy(Value scores, Value classes, IReadOnlyList<float>? weights, float smoothing)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(classes);
        var count = LayerShapes.Size("CrossEntropy", scores, 1);
        LossArguments.Classes("CrossEntropy", scores, classes);
        var weight = Weights(scores, weights, count);
        if (smoothing == 0 && Emit.Since(scores, LossOperator)) return LayerShapes.Add("SoftmaxCrossEntropyLoss", weight is null ? [scores, classes] : [scores, classes, weight], ("reduction", "mean"));
        var log = LogSoftmax(scores);
        var target = OneHot(classes, scores, count);
        if (smoothing > 0) target = (target * (1 - smoothing)) + (smoothing / count);
        if (weight is null) return -(log * target).ReduceSum([1]).ReduceMean(keepDims: false);
        var each = weight.Reshape([count, .. Enumerable.Repeat(1L, scores.Shape!.Count - 2)]);
        return -(log * target * each).ReduceSum(keepDims: false) / weight.Gather(classes).ReduceSum(keepDims: false);
    }

    public static Value Focal(Value scores, Value classes, float gamma, IReadOnlyList<float>? weights)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(classes);
        var count = LayerShapes.Size("Focal", scores, 1, 2);
        LossArguments.Classes("Focal", scores, classes);
        var log = (LogSoftmax(scores) * OneHot(classes, scores, count)).ReduceSum([1], keepDims: false);
        var loss = gamma == 0 ? log : log * Miss(log).Pow(gamma);
        return -(Weights(scores, weights, count) is { } weight ? loss * weight.Gather(classes) : loss).ReduceMean(keepDims: false);

        // 1 − p, kept from 0, where a power below 1 has no derivative.
        static Value Miss(Value log) => (1f - log.Exp()).Max(1e-7f);
    }

    /// <summary>y·w·ln(1 + e^−x) + (1 − y)·(x + ln(1 + e^−x)), which no score makes infinite.</summary>
    public static Value BinaryCrossEntropy(Value scores, Value targets, float positiveWeight)
    {
        LossArguments.SameShape("BinaryCrossEntropy", scores, targets);
        var miss = Emit.Unary("Softplus", -scores);
        var weighted = positiveWeight == 1 ? miss : miss * ((targets * (positiveWeight - 1)) + 1f);
        return (((1f - targets) * scores) + weighted).ReduceMean(keepDims: false);
    }

    public static Value KullbackLeibler(Value log, Value target)
    {
        LossArguments.SameShape("KullbackLeibler", log, target);
        var own = target.Max(1e-30f).Log();
        return (target * (own - log)).ReduceSum([-1]).ReduceMean(keepDims: false);
    }

    public static Value Distillation(Value student, Value teacher, float temperature)
    {
        LossArguments.SameShape("Distillation", student, teacher);
        var log = LogSoftmax(student * (1 / temperature));
        var target = (teacher * (1 / temperature)).Softmax();
        return KullbackLeibler(log, target) * (temperature * temperature);
    }

    /// <summary>Over axis 1; before opset 13 that must be the last.</summary>
    private static Value LogSoftmax(Value scores) => scores.Shape is { Count: > 2 } && !Emit.Since(scores, 13)
        ? throw new ModelTrainingException("MT3102", $"LogSoftmax over axis 1 of {scores} needs opset 13; the graph uses {scores.Graph.Opsets[""]}. Reshape to [batch, classes].")
        : Emit.Unary("LogSoftmax", scores, ("axis", 1L));

    private static Value OneHot(Value classes, Value scores, long count)
    {
        var values = Emit.Fixed(scores.Graph, Tensor.Of([0f, 1f], 2)).Cast(scores.Type);
        return scores.Graph.Add("OneHot", [classes, scores.Graph.Constant(count), values], scores.Type, scores.Shape, [("axis", 1L)]);
    }

    private static Value? Weights(Value scores, IReadOnlyList<float>? weights, long count)
    {
        if (weights is null) return null;
        if (weights.Count != count) throw new ModelTrainingException("MT1704", $"There are {weights.Count} class weights for {count} classes. Give one for each class.");
        if (weights.FirstOrDefault(weight => weight is not (>= 0 and < float.PositiveInfinity)) is var wrong and not 0) throw new ModelTrainingException("MT1704", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"A class weight must be 0 or more. Got {wrong}."));
        return Emit.Fixed(scores.Graph, Tensor.Of([.. weights], count)).Cast(scores.Type);
    }
}
