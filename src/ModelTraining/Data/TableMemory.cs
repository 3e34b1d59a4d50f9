using System.Globalization;

namespace ModelTraining;

/// <summary>
/// Stops a reading whose table would not fit into memory: by an estimate from the rows so far where it is known how much is left, otherwise when the
/// rows that are held pass the limit. Better an error in the first second than a machine that swaps for an hour.
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
    /// <exception cref="ModelTrainingException">MT2121: the table takes more than the limit.</exception>
    public void Check(int rows, long bytes, double? share)
    {
        var limit = context.MemoryLimitBytes;
        if (bytes > limit)
        {
            throw Full(rows, $"{rows:N0} rows take {Size(bytes)} already", (double)bytes / rows, limit);
        }

        if (rows < EnoughRows || share is not > 0) return;
        var expected = Math.Min(rows / share.Value, sampler.MostRows);
        var each = (double)bytes / rows;
        if (each * expected > limit) throw Full(rows, $"the table would take about {Size(each * expected)} (about {Rounded(expected):N0} rows of {each:N0} bytes, judged by the first {rows:N0})", each, limit);
    }

    private ModelTrainingException Full(int rows, FormattableString found, double bytesEach, long limit)
    {
        // Half as many as there is room for: while it reads, a sample holds twice as many rows as it takes.
        var fitting = Rounded(Math.Max(1, Math.Min(limit / bytesEach / 2, rows * 1000.0)));
        return new ModelTrainingException("MT2121", string.Create(CultureInfo.InvariantCulture,
            $"{source}: {found.ToString(CultureInfo.InvariantCulture)}, and {Size(limit)} may be used. Take a part, for example .Sample(rows: {fitting:0}), read fewer columns, or, where there is more memory, allow it by WithMemoryLimit."));
    }

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
