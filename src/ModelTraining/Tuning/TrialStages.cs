using System.Globalization;

namespace ModelTraining;

/// <summary>
/// The stages that trials have before the split. Which rows are learned from, and which judge, is decided once, by the stages with their first settings, so that all trials are judged by the same rows, which are
/// known by their place in the source: a trial whose stages drop one of them, or change what is to be predicted, has no score that compares, and fails. Training rows it may drop. Not thread-safe.
/// </summary>
internal sealed class TrialStages
{
    // Each may be as large as the table.
    private const int MostKept = 3;
    private readonly RunState _start;
    private readonly List<Entry> _kept = [];
    private readonly SplitStep _split;
    private readonly byte[] _parts;

    private TrialStages(RunState start, SplitStep split, Entry first)
    {
        (_start, _split, First) = (start, split, first.State);
        _kept.Add(first);
        _parts = PartsByOrigin(first.State);
    }

    /// <summary>What became of the stages with the first settings: it has the rows that all trials share.</summary>
    public RunState First { get; }

    /// <summary>The first trial's stages decide.</summary>
    /// <param name="start">Before the stages.</param>
    /// <param name="steps">A trial's, from there to the split.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async ValueTask<TrialStages> OfAsync(RunState start, IReadOnlyList<IRunStep> steps, CancellationToken cancellationToken)
    {
        var split = (SplitStep)steps[^1];
        return new TrialStages(start, split, await RunAsync(start, steps, null, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Does a trial's stages, unless they have been done with these options.</summary>
    /// <returns>The state behind the split, and what was warned of on the way.</returns>
    /// <exception cref="ModelTrainingException">MT2606: rows that judge are gone. MT2607: it is to predict something else. MT2608: it is to divide rows in another way.</exception>
    public async ValueTask<(RunState State, IReadOnlyList<string> Warnings)> RunAsync(IReadOnlyList<IRunStep> steps, CancellationToken cancellationToken)
    {
        var same = steps.Select(step => step.Sameness).ToList();
        var entry = _kept.Find(kept => kept.Same.SequenceEqual(same));
        if (entry is null)
        {
            if (!_split.Sameness.Equals(steps[^1].Sameness)) throw new ModelTrainingException("MT2608", "The options of Split differ from those of the first settings. Which rows judge can't be tuned: give Split the same options in each trial.");
            entry = await RunAsync(_start, steps, SameRows, cancellationToken).ConfigureAwait(false);
            if (_kept.Count == MostKept) _kept.RemoveAt(0);
        }
        else
        {
            _kept.Remove(entry);
        }

        _kept.Add(entry); // the one used last is dropped last
        return (entry.State, entry.Warnings);
    }

    private static async ValueTask<Entry> RunAsync(RunState start, IReadOnlyList<IRunStep> steps, Func<RunState, DataSplit>? split, CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        var state = start.Fork(start.Plan, warnings.Add, null);
        foreach (var step in steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (step.Validate(state.Table.Schema).ToList() is { Count: > 0 } problems) throw new ModelTrainingException(problems);
            if (step is SplitStep last && split is not null) last.Run(state, split);
            else await step.RunAsync(state, cancellationToken).ConfigureAwait(false);
        }

        return new Entry([.. steps.Select(step => step.Sameness)], state, warnings);
    }

    /// <summary>Each row in the part that it is in for all trials; one that the first settings leave out is left out.</summary>
    private DataSplit SameRows(RunState state)
    {
        CheckClasses(state.Target);
        var known = Enumerable.Range(0, state.Table.RowCount).Where(row => PartOf(state.Table.Origin(row)) is not null).ToArray();
        if (known.Length < state.Table.RowCount)
        {
            state.Table = state.Table.Take(known);
            state.Target = new Target(state.Target.Column, state.Target.Task, Of(state.Target.Values, known), state.Target.Classes);
            if (!state.Weights.IsEmpty) state.Weights = Of(state.Weights.Span, known);
        }

        var parts = new byte[known.Length];
        for (var row = 0; row < parts.Length; row++) parts[row] = PartOf(state.Table.Origin(row))!.Value;
        var split = Splitter.ToSplit(parts, First.Split.Stratified);
        CheckRows(state, split);
        return split;
    }

    private static float[] Of(ReadOnlySpan<float> values, int[] rows)
    {
        var taken = new float[rows.Length];
        for (var i = 0; i < rows.Length; i++) taken[i] = values[rows[i]];
        return taken;
    }

    private byte? PartOf(int origin) => origin < _parts.Length && _parts[origin] != byte.MaxValue ? _parts[origin] : null;

    private void CheckClasses(Target target)
    {
        if (target.Task != First.Target.Task || !target.Classes.SequenceEqual(First.Target.Classes)) throw Changed($"There are the classes [{string.Join(", ", target.Classes)}], and with the first settings [{string.Join(", ", First.Target.Classes)}].");
    }

    private void CheckRows(RunState state, DataSplit split)
    {
        var lost = First.Split.ValidationRows.Length + First.Split.TestRows.Length - split.ValidationRows.Length - split.TestRows.Length;
        if (lost > 0)
        {
            throw new ModelTrainingException("MT2606", string.Create(CultureInfo.InvariantCulture,
                $"The stages before Split drop {lost} of the {First.Split.ValidationRows.Length + First.Split.TestRows.Length} rows that judge all trials: scores on other rows would not compare. Drop rows by a treatment that holds for training rows alone, such as that of outliers, or in the same way in all trials."));
        }

        foreach (var (rows, first) in new[] { (split.ValidationRows, First.Split.ValidationRows), (split.TestRows, First.Split.TestRows) })
        {
            // Both in the order of their places in the source, unless a stage has changed the order of rows.
            var before = new Dictionary<int, float>();
            foreach (var row in first.Span) before[First.Table.Origin(row)] = First.Target.Values[row];
            foreach (var row in rows.Span)
            {
                if (before[state.Table.Origin(row)] != state.Target.Values[row]) throw Changed($"Row {state.Table.Origin(row) + 1} of the source has another label.");
            }
        }
    }

    private static ModelTrainingException Changed(string how) => new("MT2607", $"The stages before Split change what is to be predicted: {how} Scores would not compare. Leave the label as it is in all trials.");

    private static byte[] PartsByOrigin(RunState state)
    {
        var table = state.Table;
        var parts = new byte[Enumerable.Range(0, table.RowCount).Select(table.Origin).Max() + 1];
        Array.Fill(parts, byte.MaxValue);
        Mark(state.Split.TrainingRows, Splitter.Training);
        Mark(state.Split.ValidationRows, Splitter.Validation);
        Mark(state.Split.TestRows, Splitter.Test);
        return parts;

        void Mark(ReadOnlyMemory<int> rows, byte part)
        {
            foreach (var row in rows.Span) parts[table.Origin(row)] = part;
        }
    }

    private sealed record Entry(IReadOnlyList<object> Same, RunState State, IReadOnlyList<string> Warnings);
}
