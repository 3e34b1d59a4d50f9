using System.Diagnostics;

namespace ModelTraining.Benchmarks;

/// <summary>A trainer that is timed, and whose memory is watched: by how much the process grows at its largest.</summary>
internal sealed class MeasuredTrainer(ITrainer inner) : ITrainer
{
    public string Name => inner.Name;

    public TrainerNeeds Needs => inner.Needs;

    public double Seconds { get; private set; }

    public long? Bytes { get; private set; }

    public IEnumerable<Problem> Validate() => inner.Validate();

    public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        // What is compiled on the way is paid by the first training, which does not count.
        await inner.TrainAsync(data, context, cancellationToken);
        var clock = new Stopwatch();
        TrainedModel? model = null;
        Bytes = await PeakMemory.GrowthAsync(async () =>
        {
            clock.Start();
            model = await inner.TrainAsync(data, context, cancellationToken);
            clock.Stop();
        });
        Seconds = clock.Elapsed.TotalSeconds;
        return model!;
    }
}
