namespace ModelTraining;

/// <summary>Divides rows into parts.</summary>
internal sealed class Splitter(SplitOptions options)
{
    /// <summary>The number of each part.</summary>
    public const int Training = 0, Validation = 1, Test = 2;

    private const int FewestTrainingRows = 2;
    private const int ShownClasses = 5;
    private const int MostStrataOfNumbers = 10;
    private const int FewestRowsOfAStratum = 5;

    private readonly double[] _shares = [1 - options.Test - options.Validation, options.Validation, options.Test];

    /// <param name="target">What is to be predicted, for all rows; null when there is no label.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="random">Where the draw comes from.</param>
    /// <param name="warn">Told of classes that are too small to be in every part.</param>
    /// <exception cref="ModelTrainingException">MT2310: there are too few rows. MT2311: there are too few rows a class.</exception>
    public DataSplit Split(Target? target, int rowCount, SeededRandom random, Action<string> warn)
    {
        CheckRowCount(options, rowCount);
        var stratified = target is not null && (options.Stratify ?? (options.Shuffle && target.Task != LearningTask.Regression));
        var strata = stratified ? Strata(target!) : new int[rowCount];
        var sizes = new int[strata.Max() + 1];
        foreach (var stratum in strata) sizes[stratum]++;
        if (stratified && target!.Task != LearningTask.Regression) WarnOfLoneRows(target, sizes, warn);

        var quotas = Quotas(sizes);
        FillEmptyParts(quotas, target);

        var order = new int[rowCount];
        for (var row = 0; row < rowCount; row++) order[row] = row;
        if (options.Shuffle) random.Shuffle<int>(order);
        var parts = new byte[rowCount];
        foreach (var row in order)
        {
            var left = quotas[strata[row]];
            var part = left[Training] > 0 ? Training : left[Validation] > 0 ? Validation : Test;
            left[part]--;
            parts[row] = (byte)part;
        }

        return ToSplit(parts, stratified);
    }

    /// <summary>The class of each row, or for numbers the tenth that it is in.</summary>
    public static int[] Strata(Target target) =>
        target.Task == LearningTask.Regression ? StrataOfNumbers(target.Values) : StrataOfClasses(target.Values);

    /// <param name="parts">The number of each row's part.</param>
    /// <param name="stratified">Whether the parts were chosen by the label as well.</param>
    public static DataSplit ToSplit(byte[] parts, bool stratified) =>
        new(Rows(parts, Training), Rows(parts, Validation), Rows(parts, Test)) { Stratified = stratified };

    /// <summary>
    /// The rows that each part gets of each stratum. A stratum's whole rows are dealt by share; the one or two left over by rounding down go to the
    /// parts that the strata so far have left furthest behind their share. So each part has its share of each stratum to within one row, and of all
    /// rows closely, however many small strata there are. The first row of a stratum, and so a lone one, is for training: what was never seen can't be
    /// learned.
    /// </summary>
    private int[][] Quotas(int[] sizes)
    {
        var quotas = new int[sizes.Length][];
        Span<double> behind = stackalloc double[3];
        for (var stratum = 0; stratum < sizes.Length; stratum++)
        {
            var quota = quotas[stratum] = new int[3];
            var left = sizes[stratum];
            for (var part = 0; part < 3; part++)
            {
                var share = _shares[part] * sizes[stratum];
                quota[part] = (int)Math.Floor(share);
                behind[part] += share - quota[part];
                left -= quota[part];
            }

            Span<bool> taken = [false, false, false];
            for (; left > 0; left--)
            {
                var next = quota[Training] == 0 ? Training : MostBehind(behind, taken);
                taken[next] = true;
                quota[next]++;
                behind[next]--;
            }
        }

        return quotas;
    }

    private static int MostBehind(ReadOnlySpan<double> behind, ReadOnlySpan<bool> taken)
    {
        var most = -1;
        for (var part = 0; part < 3; part++)
        {
            if (!taken[part] && (most < 0 || behind[part] > behind[most])) most = part;
        }

        return most;
    }

    /// <summary>
    /// Gives a part that was asked for, and got nothing, one row of the stratum that has the most of them: training rows where a stratum has two, else
    /// rows of the other part, unless that has but one.
    /// </summary>
    private void FillEmptyParts(int[][] quotas, Target? target)
    {
        foreach (var (part, other) in (ReadOnlySpan<(int, int)>)[(Test, Validation), (Validation, Test)])
        {
            if (_shares[part] == 0 || quotas.Any(quota => quota[part] > 0)) continue;
            var from = quotas.Any(quota => quota[Training] > 1) ? Training : other;
            if (from == other && quotas.Sum(quota => quota[other]) < 2)
            {
                var name = part == Test ? "test" : "validation";
                throw new ModelTrainingException("MT2311",
                    $"After one training row for each class of '{target?.Column}' no row is left for the {name} part. Add rows, or check that the label holds classes.");
            }

            var giver = quotas.MaxBy(quota => quota[from])!;
            giver[from]--;
            giver[part]++;
        }
    }

    /// <exception cref="ModelTrainingException">MT2310: there are too few rows.</exception>
    public static void CheckRowCount(SplitOptions options, int rowCount)
    {
        var needed = FewestTrainingRows + (options.Validation > 0 ? 2 : 1);
        if (rowCount >= needed) return;
        var rows = rowCount == 1 ? "1 row" : $"{rowCount} rows";
        throw new ModelTrainingException("MT2310", options.Validation > 0
            ? $"{rows} cannot be split into a training, a validation and a test part: at least {needed} are needed. Add rows, or set 'Validation' to 0."
            : $"{rows} cannot be split into a training and a test part: at least {needed} are needed. Add rows.");
    }

    private static void WarnOfLoneRows(Target target, int[] sizes, Action<string> warn)
    {
        var lone = Enumerable.Range(0, sizes.Length).Where(@class => sizes[@class] == 1).Select(@class => $"'{target.Classes[@class]}'").ToList();
        if (lone.Count == 0) return;
        var names = string.Join(", ", lone.Take(ShownClasses)) + (lone.Count > ShownClasses ? $" and {lone.Count - ShownClasses} more" : "");
        warn($"Of label '{target.Column}', class {names} has one row. It is used for training, and how well it is predicted will not be measured.");
    }

    private static int[] StrataOfClasses(ReadOnlySpan<float> values)
    {
        var strata = new int[values.Length];
        for (var row = 0; row < strata.Length; row++) strata[row] = (int)values[row];
        return strata;
    }

    /// <summary>Tenths of the rows in the order of their values; fewer where a tenth would be too few rows to divide.</summary>
    private static int[] StrataOfNumbers(ReadOnlySpan<float> values)
    {
        var count = Math.Clamp(values.Length / FewestRowsOfAStratum, 1, MostStrataOfNumbers);
        var order = new int[values.Length];
        for (var row = 0; row < order.Length; row++) order[row] = row;
        var numbers = values.ToArray();
        Array.Sort(order, (a, b) => numbers[a].CompareTo(numbers[b]) is not 0 and var different ? different : a.CompareTo(b));
        var strata = new int[values.Length];
        for (var rank = 0; rank < order.Length; rank++) strata[order[rank]] = (int)((long)rank * count / order.Length);
        return strata;
    }

    private static int[] Rows(byte[] parts, int part)
    {
        var rows = new int[parts.AsSpan().Count((byte)part)];
        var count = 0;
        for (var row = 0; row < parts.Length; row++) if (parts[row] == part) rows[count++] = row;
        return rows;
    }
}
