namespace ModelTraining;

/// <summary>Logistic regression where classes are predicted, ridge regression where numbers are: whoever declares a space does not know yet which it will be.</summary>
internal sealed class LinearByTaskTrainer(double alpha) : ITrainer
{
    private readonly ITrainer _ridge = Linear.Ridge(o => o with { Alpha = alpha });
    private readonly ITrainer _logistic = Linear.Logistic(o => o with { Alpha = alpha });

    public string Name => "Linear";

    public TrainerNeeds Needs => _ridge.Needs;

    public IEnumerable<Problem> Validate() => _ridge.Validate();

    public long? EstimateMemoryBytes(TrainingData data, int threads) => _ridge.EstimateMemoryBytes(data, threads);

    public ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        return (data.Target.Task == LearningTask.Regression ? _ridge : _logistic).TrainAsync(data, context, cancellationToken);
    }
}
