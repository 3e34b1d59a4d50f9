using System.Collections.Frozen;

namespace ModelTraining;

/// <summary>How the columns of a table become the numbers that a trainer takes. All of it is learned from the training part, and is part of the exported model.</summary>
public sealed record FeatureOptions
{
    /// <summary>How text becomes numbers. Default <see cref="CategoryEncoding.Auto"/>.</summary>
    public CategoryEncoding Encoding { get; init; } = CategoryEncoding.Auto;

    /// <summary>How single text columns become numbers, by name, in place of <see cref="Encoding"/>. Default none.</summary>
    public IReadOnlyDictionary<string, CategoryEncoding> EncodingByColumn { get; init; } = FrozenDictionary<string, CategoryEncoding>.Empty; // the same for all, so that equal options are equal

    /// <summary>
    /// The most categories that become a column each: with <see cref="CategoryEncoding.Auto"/> text with more gets target means, with
    /// <see cref="CategoryEncoding.OneHot"/> the rarer ones get no column. Default 16, at least 1.
    /// </summary>
    public int OneHotMaxCategories { get; init; } = 16;

    /// <summary>
    /// The most positions of <see cref="CategoryEncoding.Ordinal"/>, where the trainer does not say; rarer and unseen categories share the last one when there
    /// are more. Default 255, at least 2.
    /// </summary>
    public int OrdinalMaxCategories { get; init; } = 255;

    /// <summary>How many rows of the overall mean are added to a category's in <see cref="CategoryEncoding.Target"/>. Default 10, not negative.</summary>
    public double TargetSmoothing { get; init; } = 10;

    /// <summary>The folds of the training rows in <see cref="CategoryEncoding.Target"/>. Default 5, from 2 to 255.</summary>
    public int TargetFolds { get; init; } = 5;

    /// <summary>How numbers are scaled. Default <see cref="FeatureScaling.Auto"/>.</summary>
    public FeatureScaling Scaling { get; init; } = FeatureScaling.Auto;

    /// <summary>Whether dates become year, month, day, weekday, hour, minute and days since 1970, those that vary. Otherwise they are left out. Default true.</summary>
    public bool DateParts { get; init; } = true;

    /// <summary>
    /// Features that are made of columns and added to them, in this order, for example <c>[Feature.Ratio("debt", "income"), Feature.Log("amount_*")]</c>. They are made once
    /// the data is clean, before text is encoded and numbers are scaled; functions (<see cref="Feature.Of(string, Func{FeatureRow, double})"/>) before all others. Default none.
    /// </summary>
    public IReadOnlyList<Feature> Add { get; init; } = [];

    /// <summary>The features of <see cref="Add"/> that are functions.</summary>
    internal IEnumerable<RowFunction> Functions => Add.Select(feature => feature.Function).OfType<RowFunction>();

    /// <summary>What is wrong, all of it.</summary>
    internal IEnumerable<Problem> Validate()
    {
        if (OneHotMaxCategories < 1) yield return Wrong(nameof(OneHotMaxCategories), "at least 1", OneHotMaxCategories);
        if (OrdinalMaxCategories < 2) yield return Wrong(nameof(OrdinalMaxCategories), "at least 2", OrdinalMaxCategories);
        if (!(TargetSmoothing >= 0 && double.IsFinite(TargetSmoothing))) yield return Wrong(nameof(TargetSmoothing), "not negative and finite", TargetSmoothing);
        if (TargetFolds is < 2 or > 255) yield return Wrong(nameof(TargetFolds), "from 2 to 255", TargetFolds);
        foreach (var problem in Add.SelectMany(feature => feature.Validate())) yield return problem;
        foreach (var (name, _) in Functions.CountBy(function => function.Name).Where(pair => pair.Value > 1)) yield return new Problem("MT1255", $"Two functions of '{nameof(Add)}' are called '{name}'. Give each feature a name of its own.");
    }

    /// <summary>What does not fit the columns.</summary>
    internal IEnumerable<Problem> Validate(Schema schema)
    {
        var functions = Functions.Select(function => function.Name).ToHashSet();
        foreach (var name in functions.Where(schema.Contains)) yield return new Problem("MT1255", $"The function '{name}' of '{nameof(Add)}' has the name of a column that is there. Give the feature another name.");
        foreach (var name in EncodingByColumn.Keys.Where(name => !schema.Contains(name) && !functions.Contains(name))) yield return Missing($"option '{nameof(EncodingByColumn)}'", name, schema);
        for (var i = 0; i < Add.Count; i++)
        {
            foreach (var name in Add[i].MissingFrom(schema, Add.Take(i))) yield return Missing($"feature {Add[i]}", name, schema);
        }
    }

    private static Problem Missing(string what, string name, Schema schema) =>
        new("MT2001", $"The {what} names a column '{name}' that is not there. {NearestNames.Sentence(name, schema.Select(column => column.Name))}");

    private static Problem Wrong(string option, string range, FormattableString got) => new("MT1201", $"The option '{option}' of the features must be {range}. Got {FormattableString.Invariant(got)}.");

    private static Problem Wrong(string option, string range, double got) => Wrong(option, range, (FormattableString)$"{got}");
}
