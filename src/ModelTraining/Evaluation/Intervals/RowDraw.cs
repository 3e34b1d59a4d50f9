namespace ModelTraining;

/// <summary>
/// Draws rows with repetition. Rows of a class that has so few that a resample might be without it are drawn among themselves; all others from one another.
/// Safe to use from many threads.
/// </summary>
internal sealed class RowDraw
{
    /// <summary>A class of so many rows is missing from one resample in 22,000.</summary>
    private const int FewRows = 10;

    private readonly EvaluatedRows _rows;
    private readonly int[][] _strata;

    public RowDraw(EvaluatedRows rows)
    {
        _rows = rows;
        var counts = new int[Math.Max(1, rows.ClassCount)];
        foreach (var target in rows.Targets) counts[rows.ClassCount == 0 ? 0 : (int)target]++;
        var others = new List<int>(rows.Count);
        var few = new Dictionary<int, List<int>>();
        for (var row = 0; row < rows.Count; row++)
        {
            var @class = rows.ClassCount == 0 ? 0 : (int)rows.Targets[row];
            if (rows.ClassCount == 0 || counts[@class] >= FewRows) others.Add(row);
            else if (few.TryGetValue(@class, out var known)) known.Add(row);
            else few[@class] = [row];
        }

        _strata = [.. few.OrderBy(pair => pair.Key).Select(pair => pair.Value).Append(others).Where(stratum => stratum.Count > 0).Select(stratum => stratum.ToArray())];
    }

    /// <summary>How much each row counts in a resample: how often it was drawn, times its own weight.</summary>
    public void Fill(float[] weights, SeededRandom random)
    {
        Array.Clear(weights);
        foreach (var stratum in _strata)
        {
            var size = (ulong)stratum.Length;
            var i = 0;
            for (; i + 1 < stratum.Length; i += 2)
            {
                // Two draws of 32 bits each: a row's chance is off by less than its 2³²nd part.
                var bits = random.NextBits();
                weights[stratum[((bits >> 32) * size) >> 32]]++;
                weights[stratum[((bits & uint.MaxValue) * size) >> 32]]++;
            }

            if (i < stratum.Length) weights[stratum[((random.NextBits() >> 32) * size) >> 32]]++;
        }

        if (_rows.Weights.Length == 0) return;
        for (var row = 0; row < weights.Length; row++) weights[row] *= _rows.Weights[row];
    }
}
