namespace ModelTraining;

/// <summary>The rows that a batch's loss is not finite by.</summary>
internal static class NotFiniteRows
{
    private const int Shown = 8;

    /// <summary>Numbers of rows for a message: those whose loss alone is not finite, or, where these are none or all, the first of all.</summary>
    public static string Named(ITrainingSession session, IBatchSource source, ReadOnlySpan<int> rows, TrainingContext context)
    {
        var alone = Alone(session, source, rows);
        var isSome = alone.Count > 0 && alone.Count < rows.Length;
        ReadOnlySpan<int> told = isSome ? alone.ToArray() : rows;
        var shown = told[..Math.Min(Shown, told.Length)].ToArray();
        if (context.RowOfSource is { } ofSource) shown = Array.ConvertAll(shown, row => ofSource(row));
        return FormattableString.Invariant($"{string.Join(", ", shown)}{(told.Length > Shown ? ", …" : "")}{(context.RowOfSource is null ? "" : " of the source")}{(isSome ? $", each by itself, among {rows.Length}" : "")}");
    }

    private static List<int> Alone(ITrainingSession session, IBatchSource source, ReadOnlySpan<int> rows)
    {
        var (batch, alone) = (new TrainingBatch(source.Inputs, 1), new List<int>());
        foreach (var row in rows)
        {
            if (source.Weight([row]) == 0) continue;
            source.Fill(batch, [row]);
            if (!double.IsFinite(session.Evaluate(batch, []))) alone.Add(row);
        }

        return alone;
    }
}
