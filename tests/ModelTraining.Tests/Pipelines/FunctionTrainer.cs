namespace ModelTraining.Tests.Pipelines;

/// <summary>A trainer of someone's own.</summary>
internal sealed class FunctionTrainer(Func<TrainingData, TrainingContext, CancellationToken, TrainedModel> train) : ITrainer
{
    public string Name => "Function";

    public TrainerNeeds Needs { get; } = new() { HandlesMissing = true, MaxCategories = 100 };

    public IEnumerable<Problem> Validate() => [];

    public ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken) => new(train(data, context, cancellationToken));
}
