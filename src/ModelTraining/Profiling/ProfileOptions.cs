namespace ModelTraining;

/// <summary>How much a <see cref="DataProfile"/> looks at.</summary>
public sealed record ProfileOptions
{
    /// <summary>The most frequent values that are listed for a column. Default 5, at least 1.</summary>
    public int TopValues { get; init; } = 5;

    /// <summary>The bins of equal width of a histogram of numbers or dates. Default 20, in [1, 1000].</summary>
    public int HistogramBins { get; init; } = 20;

    /// <summary>The most columns whose associations with each other are measured: those that go with the label most, or the first ones. Default 100, in [2, 1000].</summary>
    public int MaxAssociationColumns { get; init; } = 100;

    /// <summary>The most rows that associations are measured on, evenly spread over the table; of more than a hundred columns fewer, five million values in all. Default 50,000, at least 100.</summary>
    public int MaxAssociationRows { get; init; } = 50_000;

    /// <summary>What is wrong, all of it.</summary>
    internal IEnumerable<Problem> Validate()
    {
        if (TopValues < 1) yield return Wrong(nameof(TopValues), "at least 1", TopValues);
        if (HistogramBins is < 1 or > 1000) yield return Wrong(nameof(HistogramBins), "in [1, 1000]", HistogramBins);
        if (MaxAssociationColumns is < 2 or > 1000) yield return Wrong(nameof(MaxAssociationColumns), "in [2, 1000]", MaxAssociationColumns);
        if (MaxAssociationRows < 100) yield return Wrong(nameof(MaxAssociationRows), "at least 100", MaxAssociationRows);
    }

    private static Problem Wrong(string option, string must, int got) => new("MT1250", FormattableString.Invariant($"The option '{option}' of Profile must be {must}. Got {got}."));
}
