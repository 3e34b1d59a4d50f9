namespace ModelTraining;

/// <summary>The features that trials have in common: fitted once for the same options, transforms and needs, and with them what trainers make of features, such as bins. Not thread-safe.</summary>
/// <param name="mostKept">A choice of encodings has a few kinds of features; each may be as large as the table.</param>
internal sealed class PreparedData(int mostKept = 3)
{
    private readonly List<Entry> _entries = [];

    public async ValueTask PrepareAsync(PrepareStep step, RunState state, TrialMemory memory, List<string> warnings, CancellationToken cancellationToken)
    {
        var key = new Key(step.Needs, state.FeatureOptions, state.Table, state.Split, state.Weights);
        var entry = _entries.Find(kept => kept.Key == key && kept.Planned.SequenceEqual(state.Context.Planned));
        if (entry is null)
        {
            memory.CheckFeatures(state.Table, state.FeatureOptions, step.Needs);
            var told = warnings.Count;
            await step.RunAsync(state, cancellationToken).ConfigureAwait(false);
            entry = new Entry(key, [.. state.Context.Planned], state.Features, state.Data.WithSharedWork(), warnings[told..]);
            if (_entries.Count == mostKept) _entries.RemoveAt(0);
        }
        else
        {
            warnings.AddRange(entry.Warnings);
            _entries.Remove(entry);
        }

        _entries.Add(entry); // the one used last is dropped last
        (state.Features, state.Data) = (entry.Features, entry.Data);
    }

    private sealed record Key(TrainerNeeds Needs, FeatureOptions Options, Table Table, DataSplit Split, ReadOnlyMemory<float> Weights);

    private sealed record Entry(Key Key, IReadOnlyList<ITransform> Planned, FittedFeatures Features, TrainingData Data, IReadOnlyList<string> Warnings);
}
