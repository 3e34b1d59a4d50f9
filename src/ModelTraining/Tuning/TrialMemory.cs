namespace ModelTraining;

/// <summary>
/// Sees that a trial fits into memory before it begins: into the run's <c>WithMemoryLimit</c>, features and training together, or where none is stated into what the machine has free. A trial that
/// does not fit is worth a sentence, and not the whole study.
/// </summary>
/// <param name="stated">The run's limit; null where none is stated.</param>
/// <param name="meter">Says what is free.</param>
internal sealed class TrialMemory(long? stated, IMemoryMeter meter)
{
    public const string DoesNotFit = "MT2603";

    // Looking for what is free takes a collection of garbage.
    private const long NotWorthLooking = 64L << 20;

    /// <summary>Before the features of a table are made.</summary>
    public void CheckFeatures(Table table, FeatureOptions options, TrainerNeeds needs)
    {
        if (table.Spill is { IsOn: true }) return;
        var features = FeatureMemory.Of(table, options, needs);
        Check(features, features, "its features");
    }

    /// <summary>Before a model is trained on features that are there.</summary>
    public void CheckTraining(ITrainer trainer, TrainingData data, int threads)
    {
        if (trainer.EstimateMemoryBytes(data, threads) is not { } training) return;
        var features = data.Features.Spill is null ? (long)data.Features.RowCount * data.Features.Count * sizeof(float) : 0;
        Check(training, features + training, trainer.Name);
    }

    private void Check(long more, long all, string what)
    {
        if (stated is { } limit)
        {
            if (all > limit) throw Full(all, limit, what);
            return;
        }

        if (more <= NotWorthLooking) return;
        var free = meter.Available();
        if (more > free) throw Full(more, free, what);
    }

    private static ModelTrainingException Full(long bytes, long limit, string what) => new(DoesNotFit,
        $"{what} would take about {ReportNumber.Bytes(bytes)}, and {ReportNumber.Bytes(limit)} may be used. Search where models or features are smaller, or, where there is more memory, allow it by WithMemoryLimit.");
}
