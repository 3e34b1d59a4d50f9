namespace ModelTraining;

/// <summary>Measures how two columns go together, over the rows that have both. NaN where that is not defined.</summary>
internal static class Associations
{
    /// <summary>The measures that fit two columns.</summary>
    public static IEnumerable<Association> Between(AssociationColumn a, AssociationColumn b)
    {
        IEnumerable<(AssociationMeasure Measure, double Value)> all = (a.IsCategory, b.IsCategory) switch
        {
            (true, true) => [(AssociationMeasure.CramersV, CramersV(a, b))],
            (true, false) => [(AssociationMeasure.CorrelationRatio, CorrelationRatio(a, b))],
            (false, true) => [(AssociationMeasure.CorrelationRatio, CorrelationRatio(b, a))],
            _ => [(AssociationMeasure.Pearson, Pearson(a, b)), (AssociationMeasure.Spearman, Spearman(a, b))],
        };
        return all.Where(pair => double.IsFinite(pair.Value)).Select(pair => new Association(a.Name, b.Name, pair.Measure, pair.Value));
    }

    private static double Pearson(AssociationColumn a, AssociationColumn b)
    {
        if (a.IsWhole && b.IsWhole) return Mean(a.Numbers, b.Numbers);
        var sums = new CoMoments();
        var (x, y) = (a.Numbers, b.Numbers);
        for (var row = 0; row < x.Length; row++) if (!float.IsNaN(x[row]) && !float.IsNaN(y[row])) sums.Add(x[row], y[row]);
        return sums.Correlation;
    }

    /// <summary>Where values are missing, the rows that have both are ranked anew, as pandas does: by counting, without a sort.</summary>
    private static double Spearman(AssociationColumn a, AssociationColumn b)
    {
        if (a.IsWhole && b.IsWhole) return Mean(a.Ranks, b.Ranks);
        var (x, y) = (a.Codes, b.Codes);
        var (countsOfX, countsOfY) = (new int[a.Levels], new int[b.Levels]);
        for (var row = 0; row < x.Length; row++)
        {
            if (x[row] < 0 || y[row] < 0) continue;
            countsOfX[x[row]]++;
            countsOfY[y[row]]++;
        }

        var (ranksOfX, ranksOfY) = (RankSums.MeanRanks(countsOfX), RankSums.MeanRanks(countsOfY));
        var middle = (countsOfX.Sum() + 1) / 2.0;
        var sums = new CoMoments();
        for (var row = 0; row < x.Length; row++) if (x[row] >= 0 && y[row] >= 0) sums.Add(ranksOfX[x[row]] - middle, ranksOfY[y[row]] - middle);
        return sums.Correlation;
    }

    /// <summary>Of numbers of mean 0 and deviation 1 the mean product is the correlation.</summary>
    private static double Mean(float[] x, float[] y)
    {
        var sum = 0.0;
        for (var row = 0; row < x.Length; row++) sum += (double)x[row] * y[row];
        return Math.Clamp(sum / x.Length, -1, 1);
    }

    private static double CramersV(AssociationColumn a, AssociationColumn b)
    {
        var (rows, columns, all) = (new double[a.Levels], new double[b.Levels], 0.0);
        var table = new int[a.Levels * b.Levels];
        for (var row = 0; row < a.Codes.Length; row++)
        {
            var (i, j) = (a.Codes[row], b.Codes[row]);
            if (i < 0 || j < 0) continue;
            table[(i * b.Levels) + j]++;
            rows[i]++;
            columns[j]++;
            all++;
        }

        var degrees = Math.Min(rows.Count(count => count > 0), columns.Count(count => count > 0)) - 1;
        if (degrees < 1) return double.NaN;
        var sum = 0.0; // chi² / n = Σ n_ij² / (n_i n_j) − 1
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < columns.Length; j++) if (table[(i * b.Levels) + j] is var count and > 0) sum += (double)count * count / (rows[i] * columns[j]);
        }

        return Math.Sqrt(Math.Clamp((sum - 1) / degrees, 0, 1));
    }

    private static double CorrelationRatio(AssociationColumn categories, AssociationColumn numbers)
    {
        var (sums, counts) = (new double[categories.Levels], new int[categories.Levels]);
        var (all, sum, squares) = (0, 0.0, 0.0);
        for (var row = 0; row < numbers.Numbers.Length; row++)
        {
            var (code, value) = (categories.Codes[row], (double)numbers.Numbers[row]);
            if (code < 0 || double.IsNaN(value)) continue;
            sums[code] += value;
            counts[code]++;
            sum += value;
            squares += value * value;
            all++;
        }

        var total = squares - (sum * sum / all);
        if (!(total > 0) || counts.Count(count => count > 0) < 2) return double.NaN;
        var between = -sum * sum / all;
        for (var code = 0; code < sums.Length; code++) if (counts[code] > 0) between += sums[code] * sums[code] / counts[code];
        return Math.Sqrt(Math.Clamp(between / total, 0, 1));
    }

    /// <summary>Sums of values and products of two numbers that are near 0.</summary>
    private struct CoMoments
    {
        private double _count, _x, _y, _xx, _yy, _xy;

        public void Add(double x, double y)
        {
            _count++;
            _x += x;
            _y += y;
            _xx += x * x;
            _yy += y * y;
            _xy += x * y;
        }

        public readonly double Correlation
        {
            get
            {
                var (xx, yy) = (_xx - (_x * _x / _count), _yy - (_y * _y / _count));
                const double Rounding = 1e-10; // what is left of equal numbers
                return xx > Rounding && yy > Rounding ? Math.Clamp((_xy - (_x * _y / _count)) / Math.Sqrt(xx * yy), -1, 1) : double.NaN;
            }
        }
    }
}
