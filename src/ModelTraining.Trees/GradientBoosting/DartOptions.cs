using System.Globalization;

namespace ModelTraining;

/// <summary>
/// Dropout of trees (DART: Rashmi and Gilad-Bachrach, "DART: Dropouts meet Multiple Additive Regression Trees", AISTATS 2015): a round is grown on what the
/// model predicts without some of its earlier rounds, so that late trees matter as much as early ones.
/// </summary>
public sealed record DartOptions
{
    /// <summary>The chance of each earlier round to be left out while a new one is grown, in (0, 1]; at least one is. Default 0.1.</summary>
    public double DropRate { get; init; } = 0.1;

    /// <summary>The chance of a round to leave none out, in [0, 1). Default 0.5.</summary>
    public double SkipDrop { get; init; } = 0.5;

    /// <summary>How the new trees and those left out share what they predict. Default <see cref="DartNormalization.Tree"/>.</summary>
    public DartNormalization Normalization { get; init; } = DartNormalization.Tree;

    /// <summary>The options in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"drop {DropRate}, skip {SkipDrop}, by {Normalization}");

    internal IEnumerable<Problem> Validate()
    {
        if (!(DropRate > 0 && DropRate <= 1)) yield return new Problem("MT1424", string.Create(CultureInfo.InvariantCulture, $"The 'Dart.DropRate' option of Trees.GradientBoosting must be in (0, 1]. Got {DropRate}."));
        if (!(SkipDrop >= 0 && SkipDrop < 1)) yield return new Problem("MT1425", string.Create(CultureInfo.InvariantCulture, $"The 'Dart.SkipDrop' option of Trees.GradientBoosting must be in [0, 1). Got {SkipDrop}. To leave none out ever, leave out Dart."));
    }
}
