namespace ModelTraining;

/// <summary>Encodes the label, and divides the rows.</summary>
internal sealed class SplitStep(SplitOptions options) : IRunStep, IHasOptions
{
    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public string Name => "Split";

    public IEnumerable<Problem> Validate() => options.Validate();

    public IEnumerable<Problem> Validate(Schema schema) => Labels.Validate(schema).Concat(options.Validate(schema));

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        Labels.Read(state);
        state.Division = new RowDivision { GroupBy = options.GroupBy, TimeBy = options.TimeBy, Stratify = options.Stratify, Shuffle = options.Shuffle };
        state.Split = Split(state);
        if (options.PartColumn is { } part) state.Table = state.Table.WithRole(part, ColumnRole.Ignored);
        return ValueTask.CompletedTask;
    }

    private DataSplit Split(RunState state)
    {
        DataSplit split;
        if (options.GroupBy is { } group) split = new GroupSplitter(options).Split(state.Table[group], state.Target, state.Random("split"));
        else if (options.TimeBy is { } time) split = new TimeSplitter(options).Split(state.Table, time);
        else if (options.PartColumn is { } part) split = ReadyMadeParts.Split(state.Table, part);
        else return new Splitter(options).Split(state.Target, state.Table.RowCount, state.Random("split"), state.Context.Warn);
        WarnOfUnlearned(state.Target, split, state.Context.Warn);
        return split;
    }

    /// <summary>Only a draw of single rows sees to it that each class has a training row.</summary>
    private static void WarnOfUnlearned(Target target, DataSplit split, Action<string> warn)
    {
        if (target.Task == LearningTask.Regression) return;
        var seen = new bool[target.Classes.Count];
        foreach (var row in split.TrainingRows.Span) seen[(int)target.Values[row]] = true;
        for (var i = 0; i < seen.Length; i++)
        {
            if (!seen[i]) warn($"Of label '{target.Column}', class '{target.Classes[i]}' has no training row: it will not be learned.");
        }
    }
}
