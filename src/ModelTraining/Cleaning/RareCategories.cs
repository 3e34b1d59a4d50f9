namespace ModelTraining;

/// <summary>
/// Which categories of text are rare, and what they become: <c>RareCategories.Below(0.01)</c>, <c>RareCategories.FewerThan(20).As("others")</c>. Counted on the training
/// rows, and part of the exported model. Where a column has rare ones, a category that was not seen in training becomes the same as they; where it has none, nothing changes.
/// </summary>
public sealed record RareCategories
{
    private RareCategories(double share, int count) => (Share, Count) = (share, count);

    /// <summary>Categories stay as they are.</summary>
    public static RareCategories None { get; } = new(0, 0);

    /// <summary>Rare is what a smaller share of the training rows has.</summary>
    /// <param name="share">The share of the rows that have a value, in (0, 1).</param>
    public static RareCategories Below(double share) => new(share, 0);

    /// <summary>Rare is what fewer training rows have.</summary>
    /// <param name="count">The number of rows, at least 2.</param>
    public static RareCategories FewerThan(int count) => new(0, count);

    /// <summary>The share of the training rows below which a category is rare; 0 where a count says it.</summary>
    public double Share { get; }

    /// <summary>The number of training rows below which a category is rare; 0 where a share says it.</summary>
    public int Count { get; }

    /// <summary>What rare ones become. Default other.</summary>
    public string Level { get; private init; } = "other";

    /// <summary>The same with another name for what rare ones become.</summary>
    /// <param name="level">The name. A category that is called so already takes them in.</param>
    public RareCategories As(string level) => this with { Level = level };

    internal bool IsNone => this == None with { Level = Level };

    /// <summary>The number of rows below which a category is rare.</summary>
    internal double Fewest(int rows) => Share > 0 ? Share * rows : Count;

    internal IEnumerable<Problem> Validate()
    {
        if (!IsNone && Count == 0 && !(Share is > 0 and < 1)) yield return new Problem("MT1251", FormattableString.Invariant($"The share below which categories are rare must be in (0, 1). Got {Share}."));
        if (!IsNone && Share == 0 && Count < 2) yield return new Problem("MT1251", FormattableString.Invariant($"The count below which categories are rare must be at least 2. Got {Count}."));
        if (string.IsNullOrWhiteSpace(Level) || TextFormat.IsMissing(Level)) yield return new Problem("MT1252", $"Rare categories cannot become '{Level}', which stands for a missing value. Choose a word.");
    }

    /// <inheritdoc/>
    public override string ToString() => IsNone ? "None" : Share > 0 ? FormattableString.Invariant($"below {Share:0.####} as '{Level}'") : FormattableString.Invariant($"fewer than {Count} as '{Level}'");
}
