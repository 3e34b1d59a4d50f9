namespace ModelTraining;

/// <summary>
/// Text becomes the mean of the target over the training rows of its category, drawn towards the mean of all rows as if <paramref name="smoothing"/> rows of
/// that mean had been seen as well (D. Micci-Barreca, "A preprocessing scheme for high-cardinality categorical attributes", 2001). Classes become one column
/// each but the first. Missing text is a category of its own; text that was not seen is the mean of all rows. A row counts by its weight.
/// A training row gets a mean that its own target and those of its fold had no part in: otherwise a rare category would tell its label.
/// </summary>
/// <param name="columns">The text columns.</param>
/// <param name="smoothing">How many rows of the overall mean are added; not negative.</param>
/// <param name="folds">The folds that training rows are divided into, at least 2.</param>
internal sealed class TargetEncoding(IReadOnlyList<string> columns, double smoothing, int folds) : ITransform
{
    public string Name => "Categories to target means";

    /// <summary>Whether the means are added to the text, as <c>target(name)</c>, in place of taking its place. Default false.</summary>
    public bool Added { get; init; }

    public IFittedTransform Fit(TableView training, FitContext context)
    {
        var target = context.Target ?? throw new ModelTrainingException("MT2210", $"Column '{columns[0]}' cannot become means of the target: there is no label. State one, or choose another encoding.");
        if (target.Values.Length != training.RowCount) throw new ArgumentException($"{training.RowCount} rows, {target.Values.Length} targets.", nameof(context));
        var foldOf = Folds(training.RowCount, context.Random);
        var names = new ColumnNames(training.Schema);
        var outputs = new List<FittedTargetEncoding.Output>();
        foreach (var columnName in columns)
        {
            var column = (TextColumn)training.Column(columnName);
            var name = Added ? names.Take($"target({columnName})") : columnName;
            if (target.Task == LearningTask.Regression)
            {
                outputs.Add(Learn(column, name, foldOf, target.Values, context.Weights.Span, static (value, _) => value, 0));
                continue;
            }

            for (var position = 1; position < target.Classes.Count; position++)
            {
                var output = target.Classes.Count == 2 ? name : names.Take($"{name}[{target.Classes[position]}]");
                outputs.Add(Learn(column, output, foldOf, target.Values, context.Weights.Span, static (value, wanted) => (int)value == wanted ? 1 : 0, position));
            }
        }

        return new FittedTargetEncoding([.. columns], outputs, training.Rows.ToArray(), Added);
    }

    private byte[] Folds(int rows, SeededRandom random)
    {
        var foldOf = new byte[rows];
        for (var row = 0; row < rows; row++) foldOf[row] = (byte)(row % folds);
        random.Fork("folds").Shuffle<byte>(foldOf);
        return foldOf;
    }

    private FittedTargetEncoding.Output Learn(TextColumn column, string name, byte[] foldOf, ReadOnlySpan<float> targets, ReadOnlySpan<float> rowWeights, Func<float, int, double> valueOf, int position)
    {
        // Slot 0 is missing text, slot code + 1 a category, the last one all rows. Summed in the order of rows: codes depend on rows outside of training.
        var slots = column.Categories.Length + 2;
        var sums = new double[folds, slots];
        var weights = new double[folds, slots];
        for (var row = 0; row < foldOf.Length; row++)
        {
            var weight = rowWeights.IsEmpty ? 1.0 : rowWeights[row];
            var value = weight * valueOf(targets[row], position);
            foreach (var slot in (ReadOnlySpan<int>)[Slot(column, row), slots - 1])
            {
                sums[foldOf[row], slot] += value;
                weights[foldOf[row], slot] += weight;
            }
        }

        var all = new Means(slots, smoothing);
        var without = new Means[folds];
        for (var fold = 0; fold < folds; fold++)
        {
            without[fold] = new Means(slots, smoothing);
            for (var other = 0; other < folds; other++) if (other != fold) without[fold].Add(sums, weights, other);
            all.Add(sums, weights, fold);
        }

        var outOfFold = new float[foldOf.Length];
        for (var row = 0; row < outOfFold.Length; row++) outOfFold[row] = without[foldOf[row]][Slot(column, row)];
        var known = Enumerable.Range(1, slots - 2).Where(all.Has).Select(slot => (column.Categories[slot - 1], all[slot]));
        return new FittedTargetEncoding.Output(column.Name, name, new CategoryMap(known, (float)all.Prior, all[0]), outOfFold);
    }

    private static int Slot(TextColumn column, int row) =>
        column.Codes[row] is var code && code != TextColumn.MissingCode && column.Categories[code].Length > 0 ? code + 1 : 0;

    private sealed class Means(int slots, double smoothing)
    {
        private readonly double[] _sums = new double[slots];
        private readonly double[] _weights = new double[slots];

        public double Prior => _weights[^1] == 0 ? 0 : _sums[^1] / _weights[^1];

        public float this[int slot] => _weights[slot] == 0 ? (float)Prior : (float)((_sums[slot] + smoothing * Prior) / (_weights[slot] + smoothing));

        public bool Has(int slot) => _weights[slot] > 0;

        public void Add(double[,] sums, double[,] weights, int fold)
        {
            for (var slot = 0; slot < slots; slot++)
            {
                _sums[slot] += sums[fold, slot];
                _weights[slot] += weights[fold, slot];
            }
        }
    }
}
