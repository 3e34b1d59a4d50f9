using System.Globalization;

namespace ModelTraining;

/// <summary>How rows are divided into a training, a validation and a test part.</summary>
public sealed record SplitOptions
{
    /// <summary>The share of all rows that the model is tested on, in (0, 1). Default 0.2.</summary>
    public double Test { get; init; } = 0.2;

    /// <summary>The share of all rows that training is stopped early by, in [0, 1); 0 for none. Default 0.1.</summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>
    /// Whether each part gets its share of every class, or, for numbers, of every tenth of the sorted labels. Default null: for classes yes, for numbers
    /// no, and no where <see cref="Shuffle"/> is off.
    /// </summary>
    public bool? Stratify { get; init; }

    /// <summary>
    /// Whether rows are drawn at random. Default true. Otherwise their order is kept: the first rows are for training, the last for testing, as rows
    /// sorted by time want it.
    /// </summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// The column whose equal values keep together: all rows of a customer, patient or document go to one part, so that the test is on ones never seen. A row
    /// without a value is a group by itself. Whole groups are dealt out at random, of each size by the shares, and so that the parts have their shares of the
    /// classes where <see cref="Stratify"/> holds, both as closely as the groups allow. The column should not be a feature: name it among the source's <c>Ids</c>.
    /// Default null: each row is drawn for itself.
    /// </summary>
    public string? GroupBy { get; init; }

    /// <summary>
    /// The column of dates or numbers that tells when a row was: the oldest rows are for training, then come those for validation, the newest are for testing.
    /// Rows of one time stay in one part, the older one where a boundary would divide them, unless nothing would be left for the newer. Each row needs a time.
    /// Nothing is drawn, so <see cref="Shuffle"/> means nothing. Default null.
    /// </summary>
    public string? TimeBy { get; init; }

    /// <summary>
    /// The text column that names each row's part, in any case: train or training; validation, valid, val or dev; test. There may be no validation rows. The
    /// column becomes <see cref="ColumnRole.Ignored"/>; <see cref="Test"/>, <see cref="Validation"/> and <see cref="Shuffle"/> mean nothing. Default null.
    /// </summary>
    public string? PartColumn { get; init; }

    internal IEnumerable<Problem> Validate()
    {
        if (Test is not (> 0 and < 1)) yield return Outside("MT1310", nameof(Test), "(0, 1)", Test);
        if (Validation is not (>= 0 and < 1)) yield return Outside("MT1311", nameof(Validation), "[0, 1)", Validation);
        if (Test is > 0 and < 1 && Validation is >= 0 and < 1 && Test + Validation >= 1)
        {
            var found = string.Create(CultureInfo.InvariantCulture, $"{Test} + {Validation} = {Test + Validation}");
            yield return new Problem("MT1312", $"The 'Test' and 'Validation' options of Split must leave rows to train on. Got {found}. Make their sum less than 1.");
        }

        if (Stratify == true && !Shuffle)
        {
            yield return new Problem("MT1313",
                "The 'Stratify' option of Split needs 'Shuffle': rows that keep their order can't be chosen by class. Leave one of the two at its default.");
        }

        var chosen = Columns().ToList();
        if (chosen.Count > 1)
        {
            yield return new Problem("MT1314",
                $"The options {string.Join(" and ", chosen.Select(pair => $"'{pair.Option}'"))} of Split exclude each other: each decides alone which part a row is in. Keep one of them.");
        }

        foreach (var (option, _) in chosen)
        {
            if (option != nameof(GroupBy) && Stratify == true)
            {
                yield return new Problem("MT1315", $"The 'Stratify' option of Split has no say where '{option}' decides which part a row is in. Leave one of the two out.");
            }
            else if (option == nameof(GroupBy) && !Shuffle)
            {
                yield return new Problem("MT1316", "The 'GroupBy' option of Split needs 'Shuffle': groups are dealt out at random. Leave one of the two at its default.");
            }
        }
    }

    /// <summary>What does not fit the columns.</summary>
    internal IEnumerable<Problem> Validate(Schema schema)
    {
        foreach (var (option, name) in Columns())
        {
            if (Misnamed(schema, "Split", option, name) is { } problem) yield return problem;
        }
    }

    /// <summary>What is wrong with the column that an option names; null where nothing is.</summary>
    internal static Problem? Misnamed(Schema schema, string verb, string option, string name)
    {
        if (!schema.TryGet(name, out var column)) return new Problem("MT2001", $"The option '{option}' of {verb} names a column '{name}' that is not there. {NearestNames.Sentence(name, schema.Select(column => column.Name))}");
        return column.Role == ColumnRole.Label ? new Problem("MT2312", $"The option '{option}' of {verb} names the label '{name}'. Name the column that says which rows belong to a part.") : null;
    }

    private IEnumerable<(string Option, string Column)> Columns()
    {
        if (GroupBy is not null) yield return (nameof(GroupBy), GroupBy);
        if (TimeBy is not null) yield return (nameof(TimeBy), TimeBy);
        if (PartColumn is not null) yield return (nameof(PartColumn), PartColumn);
    }

    private static Problem Outside(string id, string option, string range, double value) =>
        new(id, string.Create(CultureInfo.InvariantCulture, $"The '{option}' option of Split must be in {range}. Got {value}."));
}
