namespace ModelTraining;

/// <summary>What was learned of the words of a column.</summary>
/// <param name="Column">The text column.</param>
/// <param name="Splitter">Takes text apart.</param>
/// <param name="Numbers">The number of each written word that is part of a term, −1 for those that are passed over.</param>
internal sealed record Vocabulary(string Column, WordSplitter Splitter, IReadOnlyDictionary<string, long> Numbers)
{
    /// <summary>The words of each term, shorter terms first.</summary>
    public required long[][] Terms { get; init; }

    /// <summary>The inverse document frequency of each term.</summary>
    public required float[] Frequencies { get; init; }

    /// <summary>The name of the column of each term.</summary>
    public required string[] Outputs { get; init; }
}
