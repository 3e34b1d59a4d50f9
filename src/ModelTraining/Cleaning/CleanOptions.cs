namespace ModelTraining;

/// <summary>
/// What <c>Clean()</c> does. What looks at one row at a time is done where the stage stands; what learns from rows is fitted on the training part once the data
/// is split, and is part of the exported model.
/// </summary>
public sealed record CleanOptions
{
    /// <summary>
    /// Whether text becomes what it is: without blanks around it, missing where it says so, and a number, date or boolean where the whole column is, with a
    /// currency sign, grouped thousands, a decimal comma or dates in several forms. The label stays text. Default true.
    /// </summary>
    public bool Formats { get; init; } = true;

    /// <summary>The share of a column's values that may be lost, reported with examples, when all others are numbers or dates. Default 0.05, in [0, 0.5].</summary>
    public double MaxUnreadable { get; init; } = 0.05;

    /// <summary>Whether equal names in different case, or with different blanks, become the most frequent spelling. Default true.</summary>
    public bool Spelling { get; init; } = true;

    /// <summary>Whether rows without a label are dropped. Default true; a run that trains cannot do with such rows.</summary>
    public bool DropRowsWithoutLabel { get; init; } = true;

    /// <summary>What is done about rows that are there already. Default <see cref="DuplicateRows.Drop"/>.</summary>
    public DuplicateRows Duplicates { get; init; } = DuplicateRows.Drop;

    /// <summary>Whether columns that cannot help are left out: constant ones, empty ones, and those that number or name the rows. Reported in any case. Default true.</summary>
    public bool DropUselessColumns { get; init; } = true;

    /// <summary>What is done about a column that all but equals the label. Default <see cref="LeakAction.Report"/>.</summary>
    public LeakAction Leaks { get; init; } = LeakAction.Report;

    /// <summary>Columns that stay, whatever they look like; whether they give the label away is not asked. Default none.</summary>
    public IReadOnlyCollection<string> Keep { get; init; } = [];

    /// <summary>What is done about missing values of features. Default <see cref="MissingValues.Auto"/>.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Auto;

    /// <summary>What is done about missing values of single columns, by name, in place of <see cref="Missing"/>. Default none.</summary>
    public IReadOnlyDictionary<string, MissingValues> MissingByColumn { get; init; } = new Dictionary<string, MissingValues>();

    /// <summary>What is done about outliers of number features. Default: by quartiles, counted, left as they are.</summary>
    public Outliers Outliers { get; init; } = Outliers.Iqr();

    /// <summary>What is done about outliers of single columns, by name, in place of <see cref="Outliers"/>. Default none.</summary>
    public IReadOnlyDictionary<string, Outliers> OutliersByColumn { get; init; } = new Dictionary<string, Outliers>();

    /// <summary>What is wrong, all of it.</summary>
    internal IEnumerable<Problem> Validate()
    {
        IEnumerable<Problem> own = MaxUnreadable is >= 0 and <= 0.5 ? []
            : [new Problem("MT1202", FormattableString.Invariant($"The option '{nameof(MaxUnreadable)}' of Clean must be in [0, 0.5]. Got {MaxUnreadable}."))];
        return own
            .Concat(MissingByColumn.Values.Prepend(Missing).SelectMany(missing => missing.Validate()))
            .Concat(OutliersByColumn.Values.Prepend(Outliers).SelectMany(outliers => outliers.Validate()));
    }

    /// <summary>What does not fit the columns.</summary>
    internal IEnumerable<Problem> Validate(Schema schema) =>
        Unknown(nameof(Keep), Keep, schema).Concat(Unknown(nameof(MissingByColumn), MissingByColumn.Keys, schema)).Concat(Unknown(nameof(OutliersByColumn), OutliersByColumn.Keys, schema));

    private static IEnumerable<Problem> Unknown(string option, IEnumerable<string> names, Schema schema) => names.Where(name => !schema.Contains(name))
        .Select(name => new Problem("MT2001", $"The option '{option}' of Clean names a column '{name}' that is not there. {NearestNames.Sentence(name, schema.Select(column => column.Name))}"));
}
