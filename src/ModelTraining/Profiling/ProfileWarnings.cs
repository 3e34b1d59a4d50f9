using System.Globalization;

namespace ModelTraining;

/// <summary>Finds what deserves a look. Not thread-safe.</summary>
internal sealed class ProfileWarnings(Table table, IReadOnlyList<ColumnProfile> columns, int threads)
{
    private const double MostlyMissing = 0.5;
    private const double RareClass = 0.05;
    private const double NearlyTheSame = 0.99;
    private const double VerySkewed = 3;
    private const int FewestSkewed = 11;
    private const int ManyCategories = 100;
    private const int NamesShown = 10;
    private const int MostLeakRows = 10_000;
    private const int LeakRowsOfAllColumns = 500_000;
    private const int FewestLeakRows = 500;
    private readonly List<ProfileWarning> _warnings = [];

    public IReadOnlyList<ProfileWarning> All => _warnings;

    public void OfLabel(ProfiledLabel? label)
    {
        if (label is null) return;
        if (label.Target is { } target && label.Rows.Length >= LeakCheck.FewestRows) Leaks(label, target);
        if (label.Counts.Length < 2) return;
        var rarest = Array.IndexOf(label.Counts, label.Counts.Min());
        var share = (double)label.Counts[rarest] / label.Rows.Length;
        if (share < Math.Min(RareClass, 0.5 / label.Counts.Length))
        {
            Add(ProfileIssue.Imbalanced, label.Name, $"Label '{label.Name}': class '{Excerpt.Of(label.Classes[rarest])}' has {ReportNumber.Count(label.Counts[rarest], "row")}, {ReportNumber.Share(share)}. Accuracy says little then; look at average precision, recall and F1, and consider weights.");
        }
    }

    public void OfRows(int duplicates, IReadOnlyList<MissingGroup> together)
    {
        if (duplicates > 0) Add(ProfileIssue.DuplicateRows, null, $"{ReportNumber.Count(duplicates, "row")} of {ReportNumber.Count(table.RowCount)} ({ReportNumber.Share((double)duplicates / table.RowCount)}) are there already. Clean() drops them, so that no row is both trained on and tested with.");
        foreach (var group in together)
        {
            Add(ProfileIssue.MissingTogether, group.Columns[0], $"{Names(group.Columns)} lack their values in the same {ReportNumber.Count(group.Count, "row")}. They may come from one source; whether they are missing may itself tell something (MissingValues.Auto.WithIndicator()).");
        }
    }

    public void OfPairs(IReadOnlyList<Association> associations, string? label)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pair in associations.Where(pair => Math.Abs(pair.Value) >= NearlyTheSame && pair.First != label && pair.Second != label))
        {
            if (told.Contains(pair.First) || !told.Add(pair.Second)) continue;
            Add(ProfileIssue.Redundant, pair.Second, $"Columns '{pair.First}' and '{pair.Second}' tell nearly the same ({pair.Word} {pair.Value.ToString("0.000", CultureInfo.InvariantCulture)}). One of them may do; importances are shared between the two.");
        }
    }

    public void OfColumns()
    {
        var found = new List<ProfileWarning>[columns.Count];
        ColumnLoop.Run(columns.Count, threads, i => found[i] = [.. OfColumn(columns[i], table.Columns[i], table.Schema[i])]);
        foreach (var warnings in found) _warnings.AddRange(warnings);
    }

    private static IEnumerable<ProfileWarning> OfColumn(ColumnProfile profile, Column column, ColumnInfo info)
    {
        if (profile.Role is ColumnRole.Id or ColumnRole.Ignored || profile.RowCount == 0 || column is TensorColumn) yield break;
        var name = profile.Name;
        var present = profile.RowCount - profile.MissingCount;
        if (present == 0)
        {
            yield return Of(ProfileIssue.MostlyMissing, $"Column '{name}' has no value at all. Leave it out, or check the source.");
            yield break;
        }

        if (profile.MissingShare >= MostlyMissing) yield return Of(ProfileIssue.MostlyMissing, $"Column '{name}' lacks its value in {ReportNumber.Share(profile.MissingShare)} of the rows.");
        if (profile.InfiniteCount > 0) yield return Of(ProfileIssue.Infinite, $"Column '{name}' has {ReportNumber.Count(profile.InfiniteCount, "infinite value")}, which are left out here. Make them missing.");
        if (profile.DistinctCount == 1)
        {
            yield return Of(ProfileIssue.Constant, $"Column '{name}' has one value only, '{Excerpt.Of(profile.TopValues[0].Value)}'{(profile.MissingCount > 0 ? " or none" : "")}.");
            yield break;
        }

        if (profile.Role == ColumnRole.Feature && profile.Numbers is { } numbers && Math.Abs(numbers.Skewness) > VerySkewed && profile.DistinctCount >= FewestSkewed)
        {
            yield return Of(ProfileIssue.Skewed, $"Column '{name}' is skewed by {ReportNumber.Short(numbers.Skewness)}: median {ReportNumber.Short(numbers.Median)}, mean {ReportNumber.Short(numbers.Mean)}, greatest {ReportNumber.Short(numbers.Max)}. A logarithm helps linear models; trees do not mind.");
        }

        if (profile.Role != ColumnRole.Feature) yield break;
        if (column is IntegerColumn integers && UselessColumns.CountsRows(integers.Values)) yield return Of(ProfileIssue.IdLike, $"Column '{name}' numbers the rows. Name it in Ids, so that nothing is learned from it.");
        if (column is not TextColumn text) yield break;
        var values = new TextValues(text.Map(category => Blanks.OrMissing(category, info.Format)));
        if (TextToNumbers.TryRead(values, info.Format, OtherValues) is not null)
        {
            yield return Of(ProfileIssue.NumbersAsText, $"Column '{name}' is text and has numbers, such as '{Excerpt.Of(profile.TopValues[0].Value)}'. Clean() reads them.");
        }
        else if (TextToDates.TryRead(values, info.Format, OtherValues) is not null)
        {
            yield return Of(ProfileIssue.DatesAsText, $"Column '{name}' is text and has dates, such as '{Excerpt.Of(profile.TopValues[0].Value)}'. Clean() reads them.");
        }
        else if (TextProfiles.Of(text) is TextProfile.Keys)
        {
            yield return Of(ProfileIssue.IdLike, $"Column '{name}' has {ReportNumber.Count(profile.DistinctCount)} different values in {ReportNumber.Count(present, "row")}: it names the rows. Name it in Ids, so that nothing is learned from it.");
        }
        else if (profile.DistinctCount > ManyCategories && TextProfiles.Of(text) is TextProfile.Categories)
        {
            yield return Of(ProfileIssue.HighCardinality, $"Column '{name}' has {ReportNumber.Count(profile.DistinctCount)} categories. Group the rare ones, or encode it by the target's mean.");
        }

        ProfileWarning Of(ProfileIssue issue, string message) => new(issue, name, message);
    }

    private const double OtherValues = 0.05;

    private void Leaks(ProfiledLabel label, Target target)
    {
        var features = columns.Where(column => column.Role == ColumnRole.Feature && column.Type != ColumnType.Tensor && column.DistinctCount > 1).Select(column => column.Name).ToArray();
        if (features.Length == 0) return;
        int[] sample = [.. label.Rows];
        new SeededRandom(0).Fork("leaks").Shuffle<int>(sample);
        sample = sample[..Math.Min(sample.Length, Math.Clamp(LeakRowsOfAllColumns / features.Length, FewestLeakRows, MostLeakRows))];
        var powers = new double[features.Length];
        ColumnLoop.Run(features.Length, threads, i => powers[i] = SingleFeaturePower.Of(table[features[i]], target, sample));
        for (var i = 0; i < features.Length; i++)
        {
            if (powers[i] < LeakCheck.NearlyAll(target.Task)) continue;
            Add(ProfileIssue.Leak, features[i], $"Column '{features[i]}' may give the label away: by itself it takes {powers[i].ToString("P1", CultureInfo.InvariantCulture)} off the errors of predicting '{label.Name}'. If it is not known yet when a prediction is asked for, name it in Ignored.");
        }
    }

    private void Add(ProfileIssue issue, string? column, string message) => _warnings.Add(new ProfileWarning(issue, column, message));

    private static string Names(IReadOnlyList<string> names) =>
        $"Columns {string.Join(", ", names.Take(NamesShown).Select(name => $"'{name}'"))}{(names.Count > NamesShown ? $" and {ReportNumber.Count(names.Count - NamesShown)} more" : "")}";
}
