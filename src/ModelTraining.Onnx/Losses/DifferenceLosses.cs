namespace ModelTraining.Onnx;

/// <summary>Losses of differences and distances.</summary>
internal static class DifferenceLosses
{
    /// <summary>Keeps the root of a squared distance from 0, where it has no derivative.</summary>
    private const float Near = 1e-12f;

    public static Value Squared(Value predictions, Value targets)
    {
        LossArguments.SameShape("MeanSquaredError", predictions, targets);
        var difference = predictions - targets;
        return (difference * difference).ReduceMean(keepDims: false);
    }

    public static Value Absolute(Value predictions, Value targets)
    {
        LossArguments.SameShape("MeanAbsoluteError", predictions, targets);
        return (predictions - targets).Abs().ReduceMean(keepDims: false);
    }

    /// <summary>With m = min(|d|, δ): m·(|d| − m/2).</summary>
    public static Value Huber(Value predictions, Value targets, float delta)
    {
        LossArguments.SameShape("Huber", predictions, targets);
        var distance = (predictions - targets).Abs();
        var bounded = distance.Clip(null, delta);
        return (bounded * (distance - (bounded * 0.5f))).ReduceMean(keepDims: false);
    }

    public static Value Quantile(Value predictions, Value targets, IReadOnlyList<float> quantiles)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(targets);
        if (predictions.Shape is { } given && targets.Shape is { } wanted && !Fits(given, wanted, quantiles.Count)) throw Shapes.Mismatch("Quantile", $"are not predictions, [batch, {quantiles.Count}], and targets, [batch, 1]", [predictions, targets]);
        var levels = Emit.Fixed(predictions.Graph, Tensor.Of([.. quantiles], quantiles.Count)).Cast(predictions.Type);
        var above = targets - predictions;
        return ((levels * above) + (-above).Relu()).ReduceMean(keepDims: false);
    }

    public static Value Triplet(Value anchor, Value positive, Value negative, float margin)
    {
        LossArguments.SameShape("Triplet", anchor, positive, negative);
        return (Distance(anchor, positive) - Distance(anchor, negative) + margin).Relu().ReduceMean(keepDims: false);
    }

    public static Value Contrastive(Value first, Value second, Value same, float margin)
    {
        LossArguments.SameShape("Contrastive", first, second);
        LossArguments.OneForEachRow("Contrastive", first, same);
        var distance = Distance(first, second);
        var apart = (margin - distance).Relu();
        return ((same * distance * distance) + ((1f - same) * apart * apart)).ReduceMean(keepDims: false);
    }

    /// <summary>A single quantile may be a list, too, as of other losses.</summary>
    private static bool Fits(IReadOnlyList<Dimension> given, IReadOnlyList<Dimension> wanted, int quantiles)
    {
        if (quantiles == 1 && Shapes.MayEqual(given, wanted)) return true;
        return given.Count > 0 && wanted.Count > 0 && Shapes.TryEqual(given[^1], quantiles, out _) && Shapes.MayEqual(given.SkipLast(1), wanted.SkipLast(1)) && (wanted[^1] is { Size: 1 } || Shapes.TryEqual(wanted[^1], quantiles, out _));
    }

    private static Value Distance(Value a, Value b)
    {
        var difference = a - b;
        return ((difference * difference).ReduceSum([-1], keepDims: false) + Near).Sqrt();
    }
}
