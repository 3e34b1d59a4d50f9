namespace ModelTraining;

/// <summary>What a trainer learns from. The features hold all rows; the row lists say which are to be learned from.</summary>
public sealed class TrainingData
{
    private readonly ReadOnlyMemory<float> _weights;

    /// <param name="features">The inputs, for all rows.</param>
    /// <param name="target">What is to be predicted, for all rows.</param>
    /// <param name="trainingRows">The rows to learn from.</param>
    /// <param name="validationRows">The rows to stop early by; empty when there are none. Never learned from.</param>
    /// <param name="weights">How much each row counts, for all rows; empty when all count alike.</param>
    public TrainingData(FeatureSet features, Target target, ReadOnlyMemory<int> trainingRows, ReadOnlyMemory<int> validationRows, ReadOnlyMemory<float> weights = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(target);
        if (target.Values.Length != features.RowCount) throw new ArgumentException($"{features.RowCount} rows, {target.Values.Length} targets.", nameof(target));
        if (!weights.IsEmpty && weights.Length != features.RowCount) throw new ArgumentException($"{features.RowCount} rows, {weights.Length} weights.", nameof(weights));
        (Features, Target, TrainingRows, ValidationRows, _weights) = (features, target, trainingRows, validationRows, weights);
    }

    /// <summary>The inputs, for all rows.</summary>
    public FeatureSet Features { get; }

    /// <summary>What is to be predicted, for all rows.</summary>
    public Target Target { get; }

    /// <summary>The rows to learn from.</summary>
    public ReadOnlyMemory<int> TrainingRows { get; }

    /// <summary>The rows to stop early by; empty when there are none. Never learned from.</summary>
    public ReadOnlyMemory<int> ValidationRows { get; }

    /// <summary>What several trainings on this data have in common; null, the default, when there is only one.</summary>
    internal SharedWork? Shared { get; private init; }

    /// <summary>The same data for several trainings, one after the other, which keep for the next what depends on the data alone.</summary>
    internal TrainingData WithSharedWork() => new(Features, Target, TrainingRows, ValidationRows, _weights) { Shared = new SharedWork() };

    /// <summary>The same data for whoever keeps it long.</summary>
    internal TrainingData WithoutSharedWork() => Shared is null ? this : new(Features, Target, TrainingRows, ValidationRows, _weights);

    /// <summary>The same data where rows count otherwise, and what trainings have in common with it.</summary>
    internal TrainingData WithWeights(ReadOnlyMemory<float> weights) => new(Features, Target, TrainingRows, ValidationRows, weights) { Shared = Shared };

    /// <summary>How much each row counts, for all rows; empty when all count alike.</summary>
    public ReadOnlySpan<float> Weights => _weights.Span;
}
