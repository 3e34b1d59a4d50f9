namespace ModelTraining;

/// <summary>Gradient boosting as a trainer.</summary>
/// <param name="options">The options.</param>
/// <param name="start">What it goes on from; null where it begins.</param>
internal sealed class GradientBoostingTrainer(GradientBoostingOptions options, BoostingStart? start = null) : ITrainer, IHasOptions
{
    public const string TrainerName = "Trees.GradientBoosting";

    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public string Name => TrainerName;

    public TrainerNeeds Needs { get; } = new() { HandlesMissing = true, MaxCategories = DataCheck.MostCategories, OutOfCore = true };

    public long? EstimateMemoryBytes(TrainingData data, int threads)
    {
        ArgumentNullException.ThrowIfNull(data);
        return TreeMemory.OfBoosting(data, options);
    }

    public IEnumerable<Problem> Validate() => options.Validate();

    public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(context);
        var problems = Validate().ToList();
        if (problems.Count > 0) throw new ModelTrainingException(problems);
        return await Task.Run(
            () =>
            {
                using var run = new BoostingRun(data, options, context, start);
                return run.Train(cancellationToken);
            },
            cancellationToken).ConfigureAwait(false);
    }
}
