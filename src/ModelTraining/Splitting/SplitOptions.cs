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
    }

    private static Problem Outside(string id, string option, string range, double value) =>
        new(id, string.Create(CultureInfo.InvariantCulture, $"The '{option}' option of Split must be in {range}. Got {value}."));
}
