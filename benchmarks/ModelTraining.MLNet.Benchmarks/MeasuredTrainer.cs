using System.Diagnostics;

namespace ModelTraining.Benchmarks;

/// <summary>A trainer that is timed, and whose memory is watched: by how much the process grows at its largest, which says something of the first training of a process alone.</summary>
internal sealed class MeasuredTrainer(ITrainer inner) : ITrainer
{
    public string Name => inner.Name;

    public TrainerNeeds Needs => inner.Needs;

    public double Seconds { get; private set; }

    public long? Bytes { get; private set; }

    public IEnumerable<Problem> Validate() => inner.Validate();

    public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        // What was once taken is not given back, and would hide what is taken later; what is compiled on the way would be timed if the first training were.
        Bytes = await PeakMemory.GrowthAsync(async () => await inner.TrainAsync(data, context, cancellationToken));
        var clock = Stopwatch.StartNew();
        var model = await inner.TrainAsync(data, context, cancellationToken);
        Seconds = clock.Elapsed.TotalSeconds;
        return model;
    }
}
