using System.Globalization;

namespace ModelTraining;

/// <summary>
/// Sees that a table fits into memory while it is read: by an estimate from the rows so far where it is known how much is left, otherwise when the
/// rows that are held pass the limit. What would not fit is spilled, or where it may not be, an error: better in the first second than a machine that swaps for an hour.
/// </summary>
internal sealed class TableMemory(SourceContext context, RowSampler sampler, string source)
{
    /// <summary>What a value takes at most in a table, but for its text: an integer, or a date.</summary>
    public const int BytesAValue = sizeof(long);

    // The first rows have most of the distinct values, and say too much of the others.
    private const int EnoughRows = 32_768;

    /// <summary>Called now and then, with more rows each time.</summary>
    /// <param name="rows">The rows that are held.</param>
    /// <param name="bytes">What they take, or will take as a table, whichever is more.</param>
    /// <param name="share">The share of the source that was read, in (0, 1]; null when not known.</param>
    /// <exception cref="ModelTrainingException">MT2121: the table takes more than the limit. MT2122: so it does, and the trainer would hold it in memory. MT2124, MT2125: it can't be spilled.</exception>
    public void Check(int rows, long bytes, double? share)
    {
        var limit = context.MemoryLimitBytes;
        if (rows == 0 || context.Spill is { IsOn: true }) return;
        var each = (double)bytes / rows;
        var known = rows >= EnoughRows && share is > 0;
        var expected = known ? Math.Min(rows / share!.Value, sampler.MostRows) : rows;
        if (bytes <= limit && each * expected <= limit) return;
        if (context.Spill is { } spill && context.HeldInMemoryBy is null)
        {
            // The values as they are written, and as columns.
            spill.Begin(2 * each * expected);
            context.Repaired(string.Create(CultureInfo.InvariantCulture, $"{source}: {(known ? $"a table of about {Size(each * expected)}" : $"{Size(bytes)} and more")} is spilled to disk, as {Size(limit)} may be used."));
            return;
        }

        throw bytes > limit
            ? Full(rows, $"{rows:N0} rows take {Size(bytes)} already", each, limit)
            : Full(rows, $"the table would take about {Size(each * expected)} (about {Rounded(expected):N0} rows of {each:N0} bytes, judged by the first {rows:N0})", each, limit);
    }

    /// <summary>Sees that the distinct texts of a column, which stay in memory, fit into it where other values are spilled.</summary>
    /// <exception cref="ModelTrainingException">MT2123: they take more than the limit.</exception>
    public void CheckTexts(string column, TextColumnBuilder texts, int rows) => CheckTexts(column, texts, rows, context);

    /// <inheritdoc cref="CheckTexts(string, TextColumnBuilder, int)"/>
    public static void CheckTexts(string column, TextColumnBuilder texts, int rows, SourceContext context)
    {
        if (context.Spill is not { IsOn: true } || texts.CategoryBytes <= context.MemoryLimitBytes) return;
        throw new ModelTrainingException("MT2123", string.Create(CultureInfo.InvariantCulture,
            $"The different texts of column '{column}' take {Size(texts.CategoryBytes)} after {rows:N0} rows, and {Size(context.MemoryLimitBytes)} may be used: rows are spilled to disk, the texts that they have in common are not. Leave the column out where it is read, or take a part of the rows by Sample."));
    }

    private ModelTrainingException Full(int rows, FormattableString found, double bytesEach, long limit)
    {
        // Half as many as there is room for: while it reads, a sample holds twice as many rows as it takes.
        var fitting = Rounded(Math.Max(1, Math.Min(limit / bytesEach / 2, rows * 1000.0)));
        var place = string.Create(CultureInfo.InvariantCulture, $"{source}: {found.ToString(CultureInfo.InvariantCulture)}, and {Size(limit)} may be used");
        var part = string.Create(CultureInfo.InvariantCulture, $"Take a part, for example .Sample(rows: {fitting:0}), read fewer columns");
        return context.Spill is null
            ? new("MT2121", $"{place}. {part}, let columns lie on disk by WithSpilling (boosting and forests), or, where there is more memory, allow it by WithMemoryLimit.")
            : new("MT2122", $"{place}; WithSpilling does not help, as {context.HeldInMemoryBy} holds all of it in memory to train. {part}, {Instead(context.HeldInMemoryBy)}, which need not, or, where there is more memory, allow it by WithMemoryLimit.");
    }

    private static string Instead(string? holder) => holder?.StartsWith(nameof(Resample), StringComparison.Ordinal) == true
        ? "take ClassWeights, Resample.RandomOver or Resample.RandomUnder"
        : "train with Trees.GradientBoosting or a forest";

    /// <summary>With two digits that count.</summary>
    private static double Rounded(double value)
    {
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(1, value))) - 1));
        return Math.Floor(value / unit) * unit;
    }

    private static string Size(double bytes)
    {
        string[] units = ["bytes", "KiB", "MiB", "GiB", "TiB"];
        var unit = 0;
        for (; bytes >= 1024 && unit < units.Length - 1; unit++) bytes /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.#} {units[unit]}");
    }
}
