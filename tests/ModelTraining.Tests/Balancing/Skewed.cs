namespace ModelTraining.Tests.Balancing;

/// <summary>
/// Made-up rows of classes of unequal size, and what balancing makes of them. Two of three rows are for training; the values of the others are so far off that a row made of one of them would be seen.
/// </summary>
internal sealed class Skewed
{
    private readonly double[] _deviations;
    private readonly int[] _quantities;

    public Skewed(float[][] columns, float[] classes, int[] trainingRows, FeatureInfo[]? features = null, IReadOnlyList<IReadOnlyList<int>>? nominal = null, float[]? weights = null)
    {
        features ??= [.. columns.Select((_, i) => new FeatureInfo($"x{i}"))];
        var target = new Target("y", classes.Max() > 1 ? LearningTask.MulticlassClassification : LearningTask.BinaryClassification, classes, [.. Enumerable.Range(0, (int)classes.Max() + 1).Select(i => $"c{i}")]);
        int[] others = [.. Enumerable.Range(0, classes.Length).Except(trainingRows)];
        Data = new TrainingData(new FeatureSet(features, [.. columns.Select(column => (ReadOnlyMemory<float>)column)]), target, trainingRows, others, weights);
        Features = new FittedFeatures([], [.. features.Select(FeatureColumn.Of)], new Schema([]));
        if (nominal is not null) Features = new FittedFeatures([], Features.Columns, new Schema([])) { Nominal = nominal };
        Columns = columns;
        _deviations = [.. columns.Select((_, i) => Deviation(i, trainingRows))];
        _quantities = [.. Enumerable.Range(0, columns.Length).Except(Features.Nominal.SelectMany(group => group))];
    }

    public TrainingData Data { get; }

    public FittedFeatures Features { get; }

    public float[][] Columns { get; }

    public int RowCount => Data.Features.RowCount;

    /// <summary>The rows that were made in the last <see cref="Apply"/>, in the order in which they were.</summary>
    public static int[] Made(TrainingData data, TrainingData of) => [.. Enumerable.Range(of.Features.RowCount, data.Features.RowCount - of.Features.RowCount)];

    /// <summary>Quantities of differing scale, of classes that overlap.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="features">The number of quantities.</param>
    /// <param name="seed">Which.</param>
    /// <param name="shares">The share of each class but the first.</param>
    public static Skewed Random(int rows, int features, ulong seed, params double[] shares)
    {
        var random = new SeededRandom(seed);
        var classes = new float[rows];
        var columns = Enumerable.Range(0, features).Select(_ => new float[rows]).ToArray();
        var training = new List<int>();
        for (var row = 0; row < rows; row++)
        {
            var draw = random.NextDouble();
            for (var i = 0; i < shares.Length && classes[row] == 0; i++)
            {
                if (draw < shares[i]) classes[row] = i + 1;
                draw -= shares[i];
            }

            var isTraining = row % 3 != 2;
            if (isTraining) training.Add(row);
            for (var i = 0; i < features; i++) columns[i][row] = (float)(Math.Pow(10, i) * (random.NextNormal() + (0.8 * classes[row]))) + (isTraining ? 0 : 1e7f);
        }

        return new Skewed(columns, classes, [.. training]);
    }

    public TrainingData Apply(BalanceMethod method, ulong seed = 1, int threads = 1)
    {
        var rows = new BalancedRows(Data);
        method.Apply(rows, new BalanceContext { Random = new SeededRandom(seed), Features = Features, Threads = threads });
        return rows.ToData();
    }

    public int[] TrainingRowsOf(int @class) => [.. Data.TrainingRows.ToArray().Where(row => Data.Target.Values[row] == @class)];

    /// <summary>The rows of a class among the training rows of other data.</summary>
    public static int[] Counts(TrainingData data)
    {
        var counts = new int[data.Target.Classes.Count];
        foreach (var row in data.TrainingRows.Span) counts[(int)data.Target.Values[row]]++;
        return counts;
    }

    /// <summary>The nearest of some rows to a row by definition: all distances, sorted, in double precision.</summary>
    public int[] Nearest(int row, IEnumerable<int> among, int count, double categoryDistance = 0) =>
        [.. among.Where(other => other != row).OrderBy(other => SquaredDistance(row, other, categoryDistance)).ThenBy(other => other).Take(count)];

    public double SquaredDistance(int a, int b, double categoryDistance = 0)
    {
        var sum = 0.0;
        if (categoryDistance > 0) sum = Features.Nominal.Count(group => group.Any(feature => !Columns[feature][a].Equals(Columns[feature][b]))) * categoryDistance * categoryDistance;
        foreach (var i in _quantities) sum += Math.Pow((Columns[i][a] - Columns[i][b]) / _deviations[i], 2);
        return sum;
    }

    public double Deviation(int feature, int[] rows)
    {
        var mean = rows.Average(row => (double)Columns[feature][row]);
        return Math.Sqrt(rows.Average(row => Math.Pow(Columns[feature][row] - mean, 2)));
    }

    /// <summary>How far from a row towards another a made row lies, by the quantities; null where it is not on the segment.</summary>
    public double? Gap(TrainingData data, int made, int from, int to)
    {
        double Scaled(int feature, double value) => value / _deviations[feature];
        var (along, length) = (0.0, 0.0);
        foreach (var i in _quantities)
        {
            var step = Scaled(i, Columns[i][to]) - Scaled(i, Columns[i][from]);
            along += step * (Scaled(i, data.Features.Column(i)[made]) - Scaled(i, Columns[i][from]));
            length += step * step;
        }

        var gap = along / length;
        var off = _quantities.Max(i => Math.Abs(Scaled(i, data.Features.Column(i)[made]) - Scaled(i, Columns[i][from] + (gap * ((double)Columns[i][to] - Columns[i][from])))));
        return off < 1e-4 && gap is >= -1e-4 and <= 1.0001 ? gap : null;
    }

    /// <summary>The Kolmogorov-Smirnov distance of numbers from the uniform distribution up to a bound, times the root of their count: above 1.63 in one of a hundred draws.</summary>
    public static double Kolmogorov(IEnumerable<double> numbers, double bound = 1)
    {
        var sorted = numbers.Order().ToArray();
        return Math.Sqrt(sorted.Length) * sorted.Select((number, i) => Math.Max(Math.Abs((number / bound) - ((double)i / sorted.Length)), Math.Abs((number / bound) - ((i + 1.0) / sorted.Length)))).Max();
    }
}
