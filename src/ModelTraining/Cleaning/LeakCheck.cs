using System.Globalization;

namespace ModelTraining;

/// <summary>Looks for features that all but equal the label: each alone is asked how well it predicts, on rows that it was not learned from.</summary>
internal sealed class LeakCheck(CleanOptions options, CleanLedger ledger) : ITransform
{
    /// <summary>A feature that is really known beforehand leaves more than this open. An iris' petal length takes 92 % off the errors, a copy of the label all.</summary>
    private const double NearlyAllClasses = 0.98;

    /// <summary>As above, of squared errors of ranks: the way of a taxi takes 90 % off the fare's, registered riders 98 % off the sum of them and casual ones.</summary>
    private const double NearlyAllNumbers = 0.95;

    /// <summary>Enough to tell; a leak shows in any part of the data.</summary>
    private const int MostRows = 10_000;

    public const int FewestRows = 30;
    private const int MostExamples = 3;

    /// <summary>The share of the errors that a column takes away by itself from which it is suspected.</summary>
    public static double NearlyAll(LearningTask task) => task == LearningTask.Regression ? NearlyAllNumbers : NearlyAllClasses;

    public string Name => "Columns that give the label away";

    public IFittedTransform Fit(TableView training, FitContext context)
    {
        if (context.Target is not { } target || training.RowCount < FewestRows) return new WithoutColumns([], "gives the label away");
        var sample = Sample(training.RowCount, context.Random);
        var columns = training.Schema.WithRole(ColumnRole.Feature).Where(column => column.Type != ColumnType.Tensor && !options.Keep.Contains(column.Name)).ToArray();
        var scores = new double[columns.Length];
        ColumnLoop.Run(columns.Length, context.Threads, i => scores[i] = SingleFeaturePower.Of(training.Column(columns[i].Name), target, sample));

        var found = new List<CleanFinding>();
        var nearlyAll = NearlyAll(target.Task);
        for (var i = 0; i < columns.Length; i++) if (scores[i] >= nearlyAll) found.Add(Finding(training, columns[i].Name, target, scores[i]));
        var gone = options.Leaks == LeakAction.Drop ? found.Select(finding => finding.Column!).ToList() : [];
        ledger.Set(CleanStep.Leak, found.Select(finding => finding with { What = finding.What + (gone.Contains(finding.Column!) ? "; left out" : "; stays") }), context.Warn);
        if (options.Leaks == LeakAction.Error && found.Count > 0) throw new ModelTrainingException([.. found.Select(finding => new Problem("MT2203", finding.Warning!))]);
        return new WithoutColumns(gone, "gives the label away");
    }

    private static int[] Sample(int rows, SeededRandom random)
    {
        var order = new int[rows];
        for (var row = 0; row < rows; row++) order[row] = row;
        random.Fork("sample").Shuffle<int>(order);
        return rows <= MostRows ? order : order[..MostRows];
    }

    private static CleanFinding Finding(TableView training, string name, Target target, double score)
    {
        var column = training.Column(name);
        var examples = new List<CleanExample>();
        var classes = new HashSet<float>();
        for (var row = 0; row < column.Count && examples.Count < MostExamples; row++)
        {
            var value = target.Values[row];
            if (column.IsMissing(row) || !classes.Add(value)) continue;
            var label = target.Task == LearningTask.Regression ? value.ToString(CultureInfo.InvariantCulture) : target.Classes[(int)value];
            examples.Add(new CleanExample(training.Origin(row) + 1, $"'{Shown.Of(column[row])}'", $"'{label}'"));
        }

        var share = score.ToString("P1", CultureInfo.InvariantCulture);
        var shown = string.Join(", ", examples.Select(example => $"{example.Before} with {example.After}"));
        return new CleanFinding(CleanStep.Leak, name, training.RowCount, training.RowCount, $"training rows looked at: takes {share} off the errors of predicting '{target.Column}'")
        {
            Examples = examples,
            Warning = $"Column '{name}' gives the label away: by itself it takes {share} off the errors of predicting '{target.Column}' ({shown}). If it is not known yet when a prediction is asked for, give it the role {nameof(ColumnRole.Ignored)}; if it is, name it in '{nameof(CleanOptions.Keep)}'.",
        };
    }
}
