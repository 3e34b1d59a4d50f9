namespace ModelTraining;

/// <summary>Rows to learn from, and rows to measure on. Each list is in ascending order.</summary>
internal sealed class Fold
{
    private readonly int[] _rows;
    private readonly bool _isRest;

    private Fold(int[] rows, bool isRest, int[] test) => (_rows, _isRest, Test) = (rows, isRest, test);

    /// <summary>The rows to measure on.</summary>
    public int[] Test { get; }

    /// <summary>The rows to learn from. Made anew when asked for: of thousands of folds of one row each, each list is as long as the table.</summary>
    public int[] Training
    {
        get
        {
            if (!_isRest) return _rows;
            var rest = new int[_rows.Length - Test.Length];
            var (count, next) = (0, 0);
            foreach (var row in _rows)
            {
                if (next < Test.Length && Test[next] == row) next++;
                else rest[count++] = row;
            }

            return rest;
        }
    }

    public static Fold Of(int[] training, int[] test) => new(training, false, test);

    /// <summary>A fold for each part; all rows of the others are learned from.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="parts">The part of each.</param>
    /// <param name="count">The number of parts.</param>
    public static List<Fold> OfParts(ReadOnlySpan<int> rows, int[] parts, int count)
    {
        var all = rows.ToArray();
        var sizes = new int[count];
        foreach (var part in parts) sizes[part]++;
        var tests = Array.ConvertAll(sizes, size => new int[size]);
        Array.Clear(sizes);
        for (var i = 0; i < parts.Length; i++) tests[parts[i]][sizes[parts[i]]++] = all[i];
        return [.. tests.Select(test => new Fold(all, true, test))];
    }
}
