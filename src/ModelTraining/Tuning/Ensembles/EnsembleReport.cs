namespace ModelTraining;

/// <summary>What came of putting the best trials of <c>Tune</c> together: <see cref="TuneReport.Ensemble"/>.</summary>
public sealed record EnsembleReport
{
    /// <summary>The trials that it is made of, with their shares, largest first; empty where there is none.</summary>
    public required IReadOnlyList<EnsembleMember> Members { get; init; }

    /// <summary>How good it is on validation rows that had no part in choosing its members: the mean of the best trials, chosen on four fifths of the rows, on the fifth that was left, five times over. NaN where there is none.</summary>
    public required double Value { get; init; }

    /// <summary>How good the best trial alone is, chosen and measured in the same way.</summary>
    public required double BestValue { get; init; }

    /// <summary>Whether the run went on with it, and not with the best trial.</summary>
    public required bool IsUsed { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The reason.</summary>
    public override string ToString() => Reason;
}
