namespace ModelTraining;

/// <summary>Makes folds of rows: each row is measured on in one of them, and learned from in the others. Of a time series each fold learns from what is older alone.</summary>
internal sealed class FoldMaker(RowDivision division, Table table, Target target)
{
    /// <summary>The options of a fold of time: rows between training and test, the most to learn from, the number to measure on.</summary>
    public TimeWindow Window { get; init; } = new();

    /// <param name="rows">The rows, in ascending order.</param>
    /// <param name="count">How many folds.</param>
    /// <param name="random">Where the draw comes from.</param>
    /// <exception cref="ModelTrainingException">MT2314, MT2315: the column of times is of no use. MT2651: there are fewer groups than folds. MT2652: there are too few times. MT2653: there are too few rows.</exception>
    public List<Fold> Make(ReadOnlySpan<int> rows, int count, SeededRandom random)
    {
        if (rows.Length < count) throw TooFewRows(rows.Length, count);
        if (division.TimeBy is { } time) return Series(TimeOrder.Of(table, time, division.Verb).Among(rows), time, count);
        var parts = division.GroupBy is { } group ? Groups(group, rows, count, random) : Rows(rows, count, random);
        return Fold.OfParts(rows, parts, count);
    }

    /// <summary>Folds of one row, or one group, each.</summary>
    /// <exception cref="ModelTrainingException">MT2651, MT2653: there is only one.</exception>
    public List<Fold> LeaveOneOut(ReadOnlySpan<int> rows)
    {
        var parts = new int[rows.Length];
        var count = rows.Length;
        if (division.GroupBy is { } group)
        {
            var groups = GroupDealer.Groups(table[group].Take(rows));
            count = groups.Count;
            if (count < 2) throw TooFewGroups(group, count, 2);
            for (var i = 0; i < count; i++) foreach (var row in groups[i]) parts[row] = i;
        }
        else
        {
            if (count < 2) throw TooFewRows(count, 2);
            for (var i = 0; i < count; i++) parts[i] = i;
        }

        return Fold.OfParts(rows, parts, count);
    }

    /// <summary>Takes a part out of a fold's training rows to stop early by and to choose by, as the rows are divided: whole groups, the newest times.</summary>
    /// <exception cref="ModelTrainingException">MT2654: there are too few rows, groups or times for that.</exception>
    public DataSplit WithValidation(Fold fold, double share, SeededRandom random)
    {
        var stratified = division.IsStratified(target);
        var training = fold.Training;
        if (share == 0) return new DataSplit(training, [], fold.Test) { Stratified = stratified };
        if (training.Length < 4) throw NoValidation(training, "rows");
        if (division.TimeBy is { } time)
        {
            var order = TimeOrder.Of(table, time, division.Verb).Among(training);
            if (order.Starts.Count < 2) throw NoValidation(training, "times");
            var start = Math.Min(order.StartFrom((int)Math.Round((1 - share) * order.Rows.Length)), order.Starts[^1]);
            start = Math.Max(start, order.Starts[1]);
            return new DataSplit(Sorted(order.Rows[..start]), Sorted(order.Rows[start..]), fold.Test);
        }

        var options = new SplitOptions { Test = 0, Validation = share, Stratify = stratified, Shuffle = division.Shuffle };
        var among = Among(training);
        if (division.GroupBy is not { } group) return Placed(new Splitter(options).Split(among, training.Length, random, static _ => { }), training, fold.Test);
        var column = table[group].Take(training);
        if (GroupDealer.Groups(column).Count < 2) throw NoValidation(training, "groups");
        return Placed(new GroupSplitter(options).Split(column, among, random), training, fold.Test);
    }

    private int[] Groups(string name, ReadOnlySpan<int> rows, int count, SeededRandom random)
    {
        var groups = GroupDealer.Groups(table[name].Take(rows));
        if (groups.Count < count) throw TooFewGroups(name, groups.Count, count);
        var strata = division.IsStratified(target) ? Splitter.Strata(Among(rows)) : new int[rows.Length];
        return GroupDealer.Deal(groups, strata, [.. Enumerable.Repeat(1.0 / count, count)], random);
    }

    /// <summary>
    /// Rows are dealt out one after the other, stratum after stratum, as cards are: so folds differ by at most one row of each stratum, and by at most one row in all.
    /// Where their order is kept, folds are blocks of rows that follow each other, the first ones a row longer, as in scikit-learn's KFold.
    /// </summary>
    private int[] Rows(ReadOnlySpan<int> rows, int count, SeededRandom random)
    {
        var parts = new int[rows.Length];
        var order = new int[rows.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        if (!division.Shuffle)
        {
            var (size, longer) = Math.DivRem(rows.Length, count);
            for (var i = 0; i < parts.Length; i++) parts[i] = i < longer * (size + 1) ? i / (size + 1) : longer + ((i - (longer * (size + 1))) / size);
            return parts;
        }

        random.Shuffle<int>(order);
        if (division.IsStratified(target))
        {
            var strata = Splitter.Strata(Among(rows));
            order = [.. order.OrderBy(row => strata[row])]; // stable: at random within a stratum
        }

        for (var i = 0; i < order.Length; i++) parts[order[i]] = i % count;
        return parts;
    }

    /// <summary>
    /// As scikit-learn's TimeSeriesSplit has it: the newest rows, in blocks of the same size, are measured on, each by what learned from all that is older; but rows of one time
    /// stay together, on the older side where a bound would divide them.
    /// </summary>
    private List<Fold> Series(TimeOrder order, string name, int count)
    {
        var rows = order.Rows.Length;
        var size = Window.TestSize ?? rows / (count + 1);
        var folds = new List<Fold>();
        for (var i = 0; i < count; i++)
        {
            var first = rows - ((count - i) * size);
            if (first - Window.Gap < 1) throw NoTimes(name, $"{rows} rows are too few for {count} folds of {size} test rows after {(Window.Gap == 0 ? "" : $"a gap of {Window.Gap} and ")}rows to learn from");
            var (start, end) = (order.StartFrom(first), order.StartFrom(first + size));
            var trained = order.StartUpTo(start - Window.Gap);
            if (start == end || trained == 0) throw NoTimes(name, $"its {order.Starts.Count} different times are too few for {count} folds, as rows of one time stay together");
            folds.Add(Fold.Of(Sorted(order.Rows[Math.Max(0, trained - (Window.MaxTrainSize ?? trained))..trained]), Sorted(order.Rows[start..end])));
        }

        return folds;
    }

    private static DataSplit Placed(DataSplit split, int[] training, int[] test)
    {
        int[] Rows(ReadOnlySpan<int> positions)
        {
            var rows = new int[positions.Length];
            for (var i = 0; i < rows.Length; i++) rows[i] = training[positions[i]];
            return rows;
        }

        return new DataSplit(Rows(split.TrainingRows.Span), Rows(split.ValidationRows.Span), test) { Stratified = split.Stratified };
    }

    private Target Among(ReadOnlySpan<int> rows)
    {
        var values = new float[rows.Length];
        for (var i = 0; i < values.Length; i++) values[i] = target.Values[rows[i]];
        return new Target(target.Column, target.Task, values, target.Classes);
    }

    private static int[] Sorted(int[] rows)
    {
        Array.Sort(rows);
        return rows;
    }

    private ModelTrainingException TooFewRows(int rows, int count) => new("MT2653",
        $"{rows} rows are too few for {count} folds of {division.Verb}. Add rows, or take fewer folds.");

    private ModelTrainingException TooFewGroups(string name, int groups, int count) => new("MT2651",
        $"Column '{name}', which the 'GroupBy' option of {division.Verb} names, has {(groups == 1 ? "1 group" : $"{groups} groups")} for {count} folds. Set 'Folds' to at most {Math.Max(2, groups)}, or choose a column of more values.");

    private ModelTrainingException NoTimes(string name, string found) => new("MT2652",
        $"By column '{name}', which the 'TimeBy' option of {division.Verb} names, no folds can be made: {found}. Take fewer 'Folds', a smaller 'TestSize' or 'Gap', or a finer column.");

    private ModelTrainingException NoValidation(int[] training, string what) => new("MT2654",
        $"The {training.Length} training rows of a fold of {division.Verb} have too few {what} to take a validation part out of them. Add rows, take more folds, or set 'Validation' to 0.");
}
