using System.IO.Enumeration;

namespace ModelTraining;

/// <summary>Weights by name, and how they are trained.</summary>
/// <param name="Pattern">A name, with * for any characters and ? for one, for example encoder.*.</param>
public sealed record ParameterGroup(string Pattern)
{
    /// <summary>What the learning rate is multiplied by. Default 1.</summary>
    public double LearningRateFactor { get; init; } = 1;

    /// <summary>What the weight decay is multiplied by. Default null: 1, and 0 for biases and the scales of normalisations.</summary>
    public double? WeightDecayFactor { get; init; }

    /// <summary>Whether the weights stay as they are. Default false.</summary>
    public bool Frozen { get; init; }

    internal bool Matches(string name) => FileSystemName.MatchesSimpleExpression(Pattern, name, ignoreCase: false);

    internal IEnumerable<Problem> Validate()
    {
        if (string.IsNullOrEmpty(Pattern)) yield return new Problem("MT1735", "A ParameterGroup has no pattern. Give a name of weights, with * and ?, for example encoder.*.");
        if (!(LearningRateFactor >= 0 && double.IsFinite(LearningRateFactor))) yield return new Problem("MT1735", FormattableString.Invariant($"'LearningRateFactor' of ParameterGroup '{Pattern}' must be a finite number of at least 0. Got {LearningRateFactor}."));
        if (WeightDecayFactor is { } decay && !(decay >= 0 && double.IsFinite(decay))) yield return new Problem("MT1735", FormattableString.Invariant($"'WeightDecayFactor' of ParameterGroup '{Pattern}' must be a finite number of at least 0. Got {decay}."));
    }
}
