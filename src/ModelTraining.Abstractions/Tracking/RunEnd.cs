namespace ModelTraining;

/// <summary>A run as it ended.</summary>
public sealed record RunEnd
{
    /// <summary>How.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Why it failed, or was cancelled before there was a model; null when it did not fail.</summary>
    public string? Error { get; init; }

    /// <summary>What deserves a look; empty for a run that failed.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The models that it put into a store, for example <c>income/3</c>.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
