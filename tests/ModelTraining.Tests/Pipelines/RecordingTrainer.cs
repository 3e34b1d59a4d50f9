namespace ModelTraining.Tests.Pipelines;

/// <summary>A trainer that keeps which rows it was given, each time.</summary>
internal sealed class RecordingTrainer(ITrainer inner) : ITrainer
{
    private readonly List<(int[] Training, int[] Validation)> _parts = [];

    public IReadOnlyList<(int[] Training, int[] Validation)> Parts => _parts;

    public string Name => inner.Name;

    public TrainerNeeds Needs => inner.Needs;

    public IEnumerable<Problem> Validate() => inner.Validate();

    public ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        lock (_parts) _parts.Add((data.TrainingRows.ToArray(), data.ValidationRows.ToArray()));
        return inner.TrainAsync(data, context, cancellationToken);
    }
}
