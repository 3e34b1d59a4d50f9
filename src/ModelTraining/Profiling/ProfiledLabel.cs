namespace ModelTraining;

/// <summary>A table's label as far as a profile has to know it: whether its values are classes, and which row has which. Never an error: what can't be learned is for training to say.</summary>
internal sealed class ProfiledLabel
{
    private const int MostClasses = 20;
    private const int FewestRowsOfAClass = 5;

    private ProfiledLabel(string name, bool isClasses) => (Name, IsClasses) = (name, isClasses);

    public string Name { get; }

    public bool IsClasses { get; }

    /// <summary>The classes' names, by code; empty for numbers, and where there are too many.</summary>
    public string[] Classes { get; private init; } = [];

    /// <summary>The number of rows of each class.</summary>
    public int[] Counts { get; private init; } = [];

    /// <summary>What is predicted, for all rows; null where it can't be said.</summary>
    public Target? Target { get; private init; }

    /// <summary>The rows that have a label.</summary>
    public int[] Rows { get; private init; } = [];

    /// <summary>The label; null when there is none, or none that is predicted.</summary>
    public static ProfiledLabel? Of(Table table, ColumnProfile? profile)
    {
        if (profile is null || table.Label is not { } label || label.Type is ColumnType.DateTime or ColumnType.Tensor) return null;
        var isClasses = AreClasses(profile);
        int[] rows = [.. Enumerable.Range(0, label.Count).Where(row => !label.IsMissing(row))];
        if (!isClasses)
        {
            var numbers = new float[label.Count];
            label.CopyTo(numbers);
            rows = [.. rows.Where(row => float.IsFinite(numbers[row]))];
            return new ProfiledLabel(label.Name, false) { Rows = rows, Target = profile.DistinctCount < 2 ? null : new Target(label.Name, LearningTask.Regression, numbers, []) };
        }

        if (AssociationColumn.Of(label, asCategory: true) is not { } categories) return new ProfiledLabel(label.Name, true);
        rows = [.. rows.Where(row => categories.Codes[row] >= 0)];
        var (names, counts) = (new string[categories.Levels], new int[categories.Levels]);
        foreach (var row in rows)
        {
            var code = categories.Codes[row];
            if (counts[code]++ == 0) names[code] = Shown.Of(label[row]);
        }

        var task = names.Length == 2 ? LearningTask.BinaryClassification : LearningTask.MulticlassClassification;
        return new ProfiledLabel(label.Name, true) { Rows = rows, Classes = names, Counts = counts, Target = new Target(label.Name, task, Array.ConvertAll(categories.Codes, code => (float)Math.Max(0, code)), names) };
    }

    /// <summary>As the split decides it, in short.</summary>
    private static bool AreClasses(ColumnProfile label)
    {
        var present = label.RowCount - label.MissingCount;
        return label.Type switch
        {
            ColumnType.Text or ColumnType.Boolean => true,
            ColumnType.Integer => label.DistinctCount == 2 || (label.DistinctCount <= MostClasses && label.DistinctCount <= present / FewestRowsOfAClass),
            _ => label is { DistinctCount: 2, Numbers: { } numbers } && double.IsInteger(numbers.Min) && double.IsInteger(numbers.Max),
        };
    }
}
