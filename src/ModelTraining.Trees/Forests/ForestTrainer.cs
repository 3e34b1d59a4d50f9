namespace ModelTraining;

/// <summary>Random forests and extra trees as trainers.</summary>
/// <param name="name">The name.</param>
/// <param name="options">The options.</param>
/// <param name="randomBounds">Whether splits are at a random bound of each feature, and not at its best.</param>
internal sealed class ForestTrainer(string name, ForestOptions options, bool randomBounds) : ITrainer
{
    /// <summary>The share of different rows in a bootstrap sample: 1 − 1/e.</summary>
    private const double DifferentRowsOfBootstrap = 0.632;

    /// <summary>A number needs more of the features at each split than a class does: 0.6 gave less error on real tables than the third that is often advised.</summary>
    private const double FeaturesOfNumbers = 0.6;

    public string Name => name;

    public TrainerNeeds Needs { get; } = new() { HandlesMissing = true, MaxCategories = DataCheck.MostCategories, OutOfCore = true };

    public long? EstimateMemoryBytes(TrainingData data, int threads)
    {
        ArgumentNullException.ThrowIfNull(data);
        return TreeMemory.OfForest(data, options, threads);
    }

    public IEnumerable<Problem> Validate() => options.Validate(name);

    public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(context);
        var problems = Validate().ToList();
        if (problems.Count > 0) throw new ModelTrainingException(problems);
        return await Task.Run(
            () =>
            {
                using var run = new ForestRun(name, data, Resolved(data), randomBounds, context);
                return run.Train(cancellationToken);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The options with what follows from the data.</summary>
    private ForestOptions Resolved(TrainingData data)
    {
        var features = Math.Max(1, data.Features.Count);
        var share = data.Target.Task != LearningTask.Regression ? 1 / Math.Sqrt(features) : randomBounds ? 1 : FeaturesOfNumbers;
        return options with { RowFraction = options.RowFraction ?? (randomBounds ? 1 : DifferentRowsOfBootstrap), ColumnFraction = options.ColumnFraction ?? share };
    }
}
