namespace ModelTraining;

/// <summary>A run as <see cref="FileTracker"/> has kept it. Immutable: read it again to see how a run goes on.</summary>
public sealed record TrackedRun
{
    /// <summary>The name of its folder, which no other run has: when it began, and some random digits.</summary>
    public required string Id { get; init; }

    /// <summary>What the run is called.</summary>
    public required string Name { get; init; }

    /// <summary>Its folder's full path.</summary>
    public required string Folder { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null when it has not.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How far it has come.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>What it worked by, for example <c>Train.LearningRate</c>.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Values of the whole run by key, for example <c>test_roc_auc</c>.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>The learning curve, for example <c>validation_log_loss</c> of step 12, as it was written.</summary>
    public required IReadOnlyList<RunMetric> Steps { get; init; }

    /// <summary>Full paths of the files that were kept.</summary>
    public required IReadOnlyList<string> Artifacts { get; init; }

    /// <summary>What deserves a look.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The models that it put into a store, for example <c>income/3</c>.</summary>
    public required IReadOnlyList<string> Models { get; init; }
}
