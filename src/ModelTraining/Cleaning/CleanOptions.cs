using System.Collections.Frozen;

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

    /// <summary>
    /// The units that columns are written in, for example <c>[Unit.Of("weight", ("kg", 1), ("lb", 0.45359237))]</c>: their text becomes numbers in one of them. A value in another
    /// unit becomes missing, and is told with its row. Default none.
    /// </summary>
    public IReadOnlyList<Unit> Units { get; init; } = [];

    /// <summary>Whether equal names in different case, or with different blanks, become the most frequent spelling; sentences stay as they are. Default true.</summary>
    public bool Spelling { get; init; } = true;

    /// <summary>Whether rows without a label are dropped. Default true; a run that trains cannot do with such rows.</summary>
    public bool DropRowsWithoutLabel { get; init; } = true;

    /// <summary>The columns that name a record, and which of its rows stays, for example <c>RecordKey.Of("customer").KeepLast()</c>. Default none: rows may share all ids.</summary>
    public RecordKey? Key { get; init; }

    /// <summary>What is done about rows that are there already. Default <see cref="DuplicateRows.Drop"/>.</summary>
    public DuplicateRows Duplicates { get; init; } = DuplicateRows.Drop;

    /// <summary>Which rows are all but there already, and what is done about them. Default <see cref="NearDuplicates.InText"/>: those that differ in case and blanks are counted and stay.</summary>
    public NearDuplicates NearDuplicates { get; init; } = NearDuplicates.InText;

    /// <summary>Whether columns that cannot help are left out: constant ones, empty ones, and those that number or name the rows. Reported in any case. Default true.</summary>
    public bool DropUselessColumns { get; init; } = true;

    /// <summary>What is done about a column that all but equals the label. Default <see cref="LeakAction.Report"/>.</summary>
    public LeakAction Leaks { get; init; } = LeakAction.Report;

    /// <summary>Columns that stay, whatever they look like; whether they give the label away is not asked. Default none.</summary>
    public IReadOnlyCollection<string> Keep { get; init; } = [];

    /// <summary>What is done about missing values of features. Default <see cref="MissingValues.Auto"/>.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Auto;

    /// <summary>What is done about missing values of single columns, by name, in place of <see cref="Missing"/>. Default none.</summary>
    public IReadOnlyDictionary<string, MissingValues> MissingByColumn { get; init; } = FrozenDictionary<string, MissingValues>.Empty; // the same for all, so that equal options are equal

    /// <summary>Which categories of text features are rare, and become one. Default none are.</summary>
    public RareCategories RareCategories { get; init; } = RareCategories.None;

    /// <summary>The same for single columns, by name, in place of <see cref="RareCategories"/>. Default none.</summary>
    public IReadOnlyDictionary<string, RareCategories> RareCategoriesByColumn { get; init; } = FrozenDictionary<string, RareCategories>.Empty;

    /// <summary>What is done about outliers of number features. Default: by quartiles, counted, left as they are.</summary>
    public Outliers Outliers { get; init; } = Outliers.Iqr();

    /// <summary>What is done about outliers of single columns, by name, in place of <see cref="Outliers"/>. Default none.</summary>
    public IReadOnlyDictionary<string, Outliers> OutliersByColumn { get; init; } = FrozenDictionary<string, Outliers>.Empty;

    /// <summary>What is wrong, all of it.</summary>
    internal IEnumerable<Problem> Validate()
    {
        IEnumerable<Problem> own = MaxUnreadable is >= 0 and <= 0.5 ? []
            : [new Problem("MT1202", FormattableString.Invariant($"The option '{nameof(MaxUnreadable)}' of Clean must be in [0, 0.5]. Got {MaxUnreadable}."))];
        return own
            .Concat(MissingByColumn.Values.Prepend(Missing).SelectMany(missing => missing.Validate()))
            .Concat(RareCategoriesByColumn.Values.Prepend(RareCategories).SelectMany(rare => rare.Validate()))
            .Concat(OutliersByColumn.Values.Prepend(Outliers).SelectMany(outliers => outliers.Validate()))
            .Concat(Units.SelectMany(unit => unit.Validate()))
            .Concat(Units.GroupBy(unit => unit.Column, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => new Problem("MT1253", $"The option '{nameof(Units)}' of Clean names column '{group.Key}' twice. Name all of its units in one.")))
            .Concat(Key?.Validate() ?? []);
    }

    /// <summary>What does not fit the columns.</summary>
    internal IEnumerable<Problem> Validate(Schema schema) =>
        Unknown(nameof(Keep), Keep, schema)
            .Concat(Unknown(nameof(MissingByColumn), MissingByColumn.Keys, schema))
            .Concat(Unknown(nameof(RareCategoriesByColumn), RareCategoriesByColumn.Keys, schema))
            .Concat(Unknown(nameof(OutliersByColumn), OutliersByColumn.Keys, schema))
            .Concat(Unknown(nameof(Units), Units.Select(unit => unit.Column), schema))
            .Concat(Unknown(nameof(Key), Key is null ? [] : Key.By is null ? Key.Columns : [.. Key.Columns, Key.By], schema))
            .Concat(Key is { By: { } by } && schema.TryGet(by, out var column) && column.Type == ColumnType.Tensor
                ? [new Problem("MT1254", $"The option '{nameof(Key)}' of Clean keeps the row of the greatest '{by}', which holds tensors. Name a column of numbers, dates or text.")] : []);

    private static IEnumerable<Problem> Unknown(string option, IEnumerable<string> names, Schema schema) => names.Where(name => !schema.Contains(name))
        .Select(name => new Problem("MT2001", $"The option '{option}' of Clean names a column '{name}' that is not there. {NearestNames.Sentence(name, schema.Select(column => column.Name))}"));
}
