namespace ModelTraining.Tests;

/// <summary>Trains as a trainer of ours does, and compares with ML.NET used directly on the very rows that the pipeline made.</summary>
internal sealed class ComparedTrainer(string name) : ITrainer
{
    private readonly ITrainer _inner = Trainers.Make(name);

    public string Name => _inner.Name;

    public TrainerNeeds Needs => _inner.Needs;

    public IEnumerable<Problem> Validate() => _inner.Validate();

    public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        // Where there is no validation part, both see the same rows.
        var model = await _inner.TrainAsync(new TrainingData(data.Features, data.Target, data.TrainingRows, default, data.Weights.ToArray()), context, cancellationToken);
        var outputs = new float[data.Features.RowCount * model.OutputCount];
        model.Predict(data.Features, Enumerable.Range(0, data.Features.RowCount).ToArray(), outputs, context.Threads);
        Assert.That(outputs.AsSpan().SequenceEqual(DirectMLNet.TrainAndPredict(name, data)), Is.True, "The predictions differ from those of ML.NET used directly.");
        return model;
    }
}
