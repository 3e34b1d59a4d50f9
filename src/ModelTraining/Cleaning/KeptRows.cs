namespace ModelTraining;

/// <summary>The rows of a view that are not dropped.</summary>
internal static class KeptRows
{
    /// <param name="training">The rows.</param>
    /// <param name="dropped">For each of them whether it goes.</param>
    public static ReadOnlyMemory<int> Of(TableView training, ReadOnlySpan<bool> dropped)
    {
        var kept = new List<int>(dropped.Length);
        for (var row = 0; row < dropped.Length; row++) if (!dropped[row]) kept.Add(training.Rows[row]);
        return kept.ToArray();
    }
}
