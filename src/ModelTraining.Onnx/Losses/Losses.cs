namespace ModelTraining.Onnx;

/// <summary>
/// Losses: functions of what a network gives and what it should give, to one number, the mean over the batch. A loss of one's own is any such function of values.
/// What a loss is given is checked where the graph is built: shapes that do not fit are MT3100, and never broadcast, so that [batch, 1] beside [batch] does not compare each row with all others; classes that
/// are no whole numbers are MT3101.
/// </summary>
public static class Losses
{
    /// <summary>
    /// Cross-entropy of classes. Takes scores before Softmax, [batch, classes, ...], and classes, Int64 [batch, ...].
    /// </summary>
    /// <param name="classWeights">A weight for each class; the mean is then weighted, as in PyTorch. Null weighs all alike.</param>
    /// <param name="labelSmoothing">The share of a target that is spread over all classes (Szegedy et al., 2016), in [0, 1).</param>
    /// <exception cref="ModelTrainingException">MT1701: <paramref name="labelSmoothing"/> is not in [0, 1). MT1704, where the loss is built: <paramref name="classWeights"/> are not one for each class, 0 or more.</exception>
    public static Func<Value, Value, Value> CrossEntropy(IReadOnlyList<float>? classWeights = null, float labelSmoothing = 0)
    {
        LayerShapes.Share("CrossEntropy", nameof(labelSmoothing), labelSmoothing);
        return (scores, classes) => ClassLosses.CrossEntropy(scores, classes, classWeights, labelSmoothing);
    }

    /// <summary>
    /// Focal loss, cross-entropy times (1 − p)^γ, so that what is easy counts less (Lin et al., "Focal Loss for Dense Object Detection", 2017). Takes scores before
    /// Softmax, [batch, classes], and classes, Int64 [batch].
    /// </summary>
    /// <param name="gamma">γ, not negative; 0 is cross-entropy.</param>
    /// <param name="classWeights">α, a weight for each class. Null weighs all alike.</param>
    /// <exception cref="ModelTrainingException">MT1703: <paramref name="gamma"/> is negative or no number. MT1704, where the loss is built: <paramref name="classWeights"/> are not one for each class, 0 or more.</exception>
    public static Func<Value, Value, Value> Focal(float gamma = 2, IReadOnlyList<float>? classWeights = null)
    {
        LossArguments.NotNegative("Focal", nameof(gamma), gamma);
        return (scores, classes) => ClassLosses.Focal(scores, classes, gamma, classWeights);
    }

    /// <summary>Cross-entropy of yes and no. Takes scores before the sigmoid, and targets from 0 to 1 of the same shape and type.</summary>
    /// <param name="positiveWeight">The weight of yes; above 1 finds more of them.</param>
    /// <exception cref="ModelTrainingException">MT1703: <paramref name="positiveWeight"/> is negative or no number.</exception>
    public static Func<Value, Value, Value> BinaryCrossEntropy(float positiveWeight = 1)
    {
        LossArguments.NotNegative("BinaryCrossEntropy", nameof(positiveWeight), positiveWeight);
        return (scores, targets) => ClassLosses.BinaryCrossEntropy(scores, targets, positiveWeight);
    }

    /// <summary>The mean of squared differences. Takes predictions and targets of the same shape.</summary>
    public static Func<Value, Value, Value> MeanSquaredError() => DifferenceLosses.Squared;

    /// <summary>The mean of absolute differences. Takes predictions and targets of the same shape.</summary>
    public static Func<Value, Value, Value> MeanAbsoluteError() => DifferenceLosses.Absolute;

    /// <summary>Half the squared difference up to <paramref name="delta"/>, then linear, so that outliers count less (Huber, 1964). Takes predictions and targets of the same shape.</summary>
    /// <param name="delta">Where it becomes linear; positive.</param>
    /// <exception cref="ModelTrainingException">MT1703: <paramref name="delta"/> is not positive.</exception>
    public static Func<Value, Value, Value> Huber(float delta = 1)
    {
        LossArguments.Positive("Huber", nameof(delta), delta);
        return (predictions, targets) => DifferenceLosses.Huber(predictions, targets, delta);
    }

    /// <summary>
    /// The pinball loss, whose least is at quantiles (Koenker and Bassett, 1978). Takes predictions, [batch, quantiles], and targets, [batch, 1].
    /// </summary>
    /// <param name="quantiles">At least one, each between 0 and 1.</param>
    /// <exception cref="ModelTrainingException">MT1703: there is none, or one is not between 0 and 1.</exception>
    public static Func<Value, Value, Value> Quantile(params IReadOnlyList<float> quantiles)
    {
        ArgumentNullException.ThrowIfNull(quantiles);
        LossArguments.Between("Quantile", nameof(quantiles), quantiles);
        return (predictions, targets) => DifferenceLosses.Quantile(predictions, targets, quantiles);
    }

    /// <summary>The divergence of Kullback and Leibler (1951), the sum over classes, the mean over the batch. Takes logarithms of probabilities and target probabilities, [batch, classes].</summary>
    public static Func<Value, Value, Value> KullbackLeibler() => ClassLosses.KullbackLeibler;

    /// <summary>
    /// How far a student's scores are from a teacher's (Hinton et al., "Distilling the Knowledge in a Neural Network", 2015). Takes both before Softmax, [batch, classes].
    /// Add another loss for the classes themselves.
    /// </summary>
    /// <param name="temperature">What scores are divided by; positive. The loss is multiplied by its square, so that gradients keep their size.</param>
    /// <exception cref="ModelTrainingException">MT1703: <paramref name="temperature"/> is not positive.</exception>
    public static Func<Value, Value, Value> Distillation(float temperature = 2)
    {
        LossArguments.Positive("Distillation", nameof(temperature), temperature);
        return (student, teacher) => ClassLosses.Distillation(student, teacher, temperature);
    }

    /// <summary>
    /// max(|a − p| − |a − n| + margin, 0): like is nearer than unlike (Schroff et al., "FaceNet", 2015). All are vectors, [batch, width].
    /// </summary>
    /// <param name="anchor">What is compared.</param>
    /// <param name="positive">What is like it.</param>
    /// <param name="negative">What is unlike it.</param>
    /// <param name="margin">By how much nearer; positive.</param>
    /// <exception cref="ModelTrainingException">MT1703: <paramref name="margin"/> is not positive. MT3100: the shapes do not fit.</exception>
    public static Value Triplet(Value anchor, Value positive, Value negative, float margin = 1)
    {
        LossArguments.Positive("Triplet", nameof(margin), margin);
        return DifferenceLosses.Triplet(anchor, positive, negative, margin);
    }

    /// <summary>Pairs that belong together are drawn together, others apart up to a margin (Hadsell et al., 2006). Both are vectors, [batch, width].</summary>
    /// <param name="first">One of each pair.</param>
    /// <param name="second">The other.</param>
    /// <param name="same">1 where they belong together, 0 where not, [batch].</param>
    /// <param name="margin">The distance from which others do not matter; positive.</param>
    /// <exception cref="ModelTrainingException">MT1703: <paramref name="margin"/> is not positive. MT3100: the shapes do not fit.</exception>
    public static Value Contrastive(Value first, Value second, Value same, float margin = 1)
    {
        LossArguments.Positive("Contrastive", nameof(margin), margin);
        return DifferenceLosses.Contrastive(first, second, same, margin);
    }
}
