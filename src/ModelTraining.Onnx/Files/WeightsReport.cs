namespace ModelTraining.Onnx;

/// <summary>What became of weights that were put into a graph by name.</summary>
/// <param name="Loaded">The constants that got their values.</param>
/// <param name="Missing">The floating-point constants of the graph with at least one dimension that no weight was there for; they keep their values.</param>
/// <param name="Unexpected">The weights that the graph has no constant for.</param>
/// <param name="Misfits">The weights whose shape or type is another than the constant's, in words.</param>
public sealed record WeightsReport(IReadOnlyList<string> Loaded, IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<string> Misfits)
{
    /// <summary>Whether every weight found its place, and every constant its weight.</summary>
    public bool IsComplete => Missing.Count == 0 && Unexpected.Count == 0 && Misfits.Count == 0;

    /// <summary>All of it in words, a line each.</summary>
    public override string ToString() => string.Join(Environment.NewLine, new[]
    {
        $"{Loaded.Count} loaded", Words("missing", Missing), Words("unexpected", Unexpected), Words("not fitting", Misfits),
    }.Where(line => line.Length > 0));

    private static string Words(string what, IReadOnlyList<string> names) => names.Count == 0 ? "" : $"{names.Count} {what}: {string.Join(", ", names)}";
}
