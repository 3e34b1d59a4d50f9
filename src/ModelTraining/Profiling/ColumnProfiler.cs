using System.Globalization;

namespace ModelTraining;

/// <summary>Describes one column. Numbers are sorted once, and all that is said of them is read off.</summary>
internal sealed class ColumnProfiler(ProfileOptions options)
{
    private const int MostExamples = 3;
    private const int RowsForExamples = 1000;

    public ColumnProfile Profile(Column column, ColumnInfo info)
    {
        var profile = new ColumnProfile { Name = info.Name, Type = info.Type, Role = info.Role, RowCount = column.Count, MissingCount = column.MissingCount, DistinctCount = 0, Examples = Examples(column) };
        return column switch
        {
            NumberColumn numbers => Numbers(numbers, profile),
            IntegerColumn integers => Integers(integers, profile),
            BooleanColumn booleans => Booleans(booleans, profile),
            TextColumn text => Text(text, profile),
            DateTimeColumn dates => Dates(dates, profile),
            _ => profile with { Examples = [] },
        };
    }

    private ColumnProfile Numbers(NumberColumn column, ColumnProfile profile)
    {
        var values = column.Values.ToArray();
        var count = 0;
        foreach (var value in values) if (float.IsFinite(value)) values[count++] = value;
        var sorted = values.AsSpan(0, count);
        sorted.Sort();
        var (distinct, top) = Runs<float>(sorted, static value => value.ToString(CultureInfo.InvariantCulture));
        profile = profile with { DistinctCount = distinct, TopValues = top, InfiniteCount = column.Count - column.MissingCount - count };
        return Described(profile, Array.ConvertAll(sorted.ToArray(), static value => (double)value));
    }

    private ColumnProfile Integers(IntegerColumn column, ColumnProfile profile)
    {
        var values = column.Values.ToArray();
        var sorted = values.AsSpan();
        sorted.Sort();
        sorted = sorted[column.MissingCount..]; // the least integer stands for missing
        var (distinct, top) = Runs<long>(sorted, static value => value.ToString(CultureInfo.InvariantCulture));
        return Described(profile with { DistinctCount = distinct, TopValues = top }, Array.ConvertAll(sorted.ToArray(), static value => (double)value));
    }

    private ColumnProfile Dates(DateTimeColumn column, ColumnProfile profile)
    {
        var sorted = column.Values.ToArray();
        Array.Sort(sorted);
        sorted = sorted[column.MissingCount..]; // the least date stands for missing
        if (sorted.Length == 0) return profile;
        var (distinct, top) = Runs<DateTime>(sorted, static value => Shown.Of(value));
        var seconds = Array.ConvertAll(sorted, static date => (date - DateTime.UnixEpoch).TotalSeconds);
        return profile with { DistinctCount = distinct, TopValues = top, Dates = new DateRange(sorted[0], sorted[^1]), Histogram = Histogram(seconds, options.HistogramBins) };
    }

    private static ColumnProfile Booleans(BooleanColumn column, ColumnProfile profile)
    {
        var (no, yes) = (column.Values.Count((byte)0), column.Values.Count((byte)1));
        var top = new[] { new ValueCount("false", no), new ValueCount("true", yes) }.Where(value => value.Count > 0).OrderByDescending(value => value.Count).ToArray();
        return profile with { DistinctCount = top.Length, TopValues = top };
    }

    private ColumnProfile Text(TextColumn column, ColumnProfile profile)
    {
        var counts = CategoryCounts.ByCode(column);
        var (rows, characters, shortest, longest) = (0, 0L, int.MaxValue, 0);
        for (var code = 0; code < counts.Length; code++)
        {
            if (counts[code] == 0) continue;
            var length = column.Categories[code].Length;
            rows += counts[code];
            characters += (long)counts[code] * length;
            (shortest, longest) = (Math.Min(shortest, length), Math.Max(longest, length));
        }

        var found = CategoryCounts.ByFrequency(column);
        return profile with
        {
            MissingCount = column.Count - rows,
            DistinctCount = found.Length,
            TopValues = [.. found.Take(options.TopValues).Select(pair => new ValueCount(pair.Category, pair.Count))],
            Lengths = rows == 0 ? null : new TextLengths(shortest, (double)characters / rows, longest),
        };
    }

    private ColumnProfile Described(ColumnProfile profile, double[] sorted)
    {
        if (sorted.Length == 0) return profile;
        var summary = NumberSummary.Of(sorted);
        return profile with { Numbers = summary, Histogram = Histogram(sorted, options.HistogramBins) };
    }

    /// <summary>Bins of equal width from the least to the greatest value; one value alone is in a bin of its own.</summary>
    internal static HistogramBin[] Histogram(ReadOnlySpan<double> sorted, int bins)
    {
        var (min, max) = (sorted[0], sorted[^1]);
        if (min == max) return [new HistogramBin(min, max, sorted.Length)];
        var histogram = new HistogramBin[bins];
        var (from, before) = (min, 0);
        for (var bin = 0; bin < bins; bin++)
        {
            var to = bin == bins - 1 ? max : min + ((max - min) * (bin + 1) / bins);
            var upTo = bin == bins - 1 ? sorted.Length : NumberSummary.FirstAtLeast(sorted, to);
            histogram[bin] = new HistogramBin(from, to, upTo - before);
            (from, before) = (to, upTo);
        }

        return histogram;
    }

    /// <summary>The number of different values, and the most frequent ones.</summary>
    private (int Distinct, ValueCount[] Top) Runs<T>(ReadOnlySpan<T> sorted, Func<T, string> text) where T : IEquatable<T>
    {
        var top = new List<(T Value, int Count)>(options.TopValues + 1);
        var distinct = 0;
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && sorted[end].Equals(sorted[start])) end++;
            distinct++;
            var count = end - start;
            if (top.Count < options.TopValues || count > top[^1].Count)
            {
                var at = top.Count;
                while (at > 0 && top[at - 1].Count < count) at--;
                top.Insert(at, (sorted[start], count));
                if (top.Count > options.TopValues) top.RemoveAt(options.TopValues);
            }

            start = end;
        }

        return (distinct, [.. top.Select(pair => new ValueCount(text(pair.Value), pair.Count))]);
    }

    private static List<string> Examples(Column column)
    {
        var examples = new List<string>(MostExamples);
        if (column is TensorColumn) return examples;
        for (var row = 0; row < Math.Min(column.Count, RowsForExamples) && examples.Count < MostExamples; row++)
        {
            if (Shown.Of(column[row]) is { Length: > 0 } value && !examples.Contains(value)) examples.Add(value);
        }

        return examples;
    }
}
