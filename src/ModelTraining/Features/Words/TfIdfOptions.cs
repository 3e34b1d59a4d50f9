namespace ModelTraining;

/// <summary>
/// How the words of a text become features. Words are what stands between white space and punctuation, apostrophes, hyphens and low lines aside: <c>don't</c> and <c>well-known</c> are one
/// word each. Case does not matter, for letters beyond A to Z as far as a word is written as in training, small, with a capital at its beginning, or in capitals: a graph knows
/// no other case. What is written without blanks, as Chinese is, is not taken apart.
/// </summary>
public sealed record TfIdfOptions
{
    /// <summary>The most terms that become a feature, those that occur most often (scikit-learn's max_features). Each takes four bytes a row. Default 1,000, from 1 to 100,000.</summary>
    public int MaxFeatures { get; init; } = 1_000;

    /// <summary>The training rows that a term occurs in at least (scikit-learn's min_df). Default 2, at least 1.</summary>
    public int MinDocumentFrequency { get; init; } = 2;

    /// <summary>The share of the training rows that a term occurs in at most (scikit-learn's max_df). Default 1, in (0, 1].</summary>
    public double MaxDocumentShare { get; init; } = 1;

    /// <summary>The most words of a term, which stand side by side: 2 takes pairs of words as well as words (scikit-learn's ngram_range). Default 1, from 1 to 5.</summary>
    public int NGramLength { get; init; } = 1;

    /// <summary>Whether a term that occurs t times in a text counts 1 + ln t in place of t (scikit-learn's sublinear_tf). Default false.</summary>
    public bool SublinearTf { get; init; }

    /// <summary>Words that are passed over, as if they were not there, in any case. Default none.</summary>
    public IReadOnlyList<string> StopWords { get; init; } = [];

    /// <summary>What is wrong; null when nothing is.</summary>
    internal string? Wrong()
    {
        if (MaxFeatures is < 1 or > 100_000) return FormattableString.Invariant($"takes a '{nameof(MaxFeatures)}' from 1 to 100000. Got {MaxFeatures}.");
        if (MinDocumentFrequency < 1) return FormattableString.Invariant($"takes a '{nameof(MinDocumentFrequency)}' of at least 1. Got {MinDocumentFrequency}.");
        if (!(MaxDocumentShare is > 0 and <= 1)) return FormattableString.Invariant($"takes a '{nameof(MaxDocumentShare)}' in (0, 1]. Got {MaxDocumentShare}.");
        if (NGramLength is < 1 or > 5) return FormattableString.Invariant($"takes an '{nameof(NGramLength)}' from 1 to 5. Got {NGramLength}.");
        return StopWords.Any(string.IsNullOrWhiteSpace) ? $"takes '{nameof(StopWords)}' that are words. Got an empty one." : null;
    }
}
