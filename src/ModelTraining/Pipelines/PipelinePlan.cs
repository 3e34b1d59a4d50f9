using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ModelTraining;

/// <summary>What a pipeline describes: its steps in their order, and the settings of the run.</summary>
internal sealed record PipelinePlan
{
    public ImmutableArray<PlannedStep> Steps { get; init; } = [];

    public ulong Seed { get; init; } = 42;

    public int Threads { get; init; } = Environment.ProcessorCount;

    public LearningTask? Task { get; init; }

    public string? PositiveClass { get; init; }

    /// <summary>How many bytes the table may take; null for the default.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>The folder that columns are spilled to; null where none are.</summary>
    public string? SpillFolder { get; init; }

    public ILogger Logger { get; init; } = NullLogger.Instance;

    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>What the run is called; null for its source's description.</summary>
    public string? Name { get; init; }

    public ImmutableArray<IRunTracker> Trackers { get; init; } = [];

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public CheckpointSettings? Checkpoints { get; init; }

    public PipelinePlan Then(IRunStep step, string file, int line) => this with { Steps = Steps.Add(new PlannedStep(step, Path.GetFileName(file), line)) };

    /// <summary>What is wrong with the settings.</summary>
    public IEnumerable<Problem> Validate()
    {
        if (Threads < 1) yield return new Problem("MT1002", $"WithThreads takes at least 1. Got {Threads}.");
        if (Checkpoints is { } checkpoints && (checkpoints.Every < TimeSpan.Zero || checkpoints.Keep < 1))
        {
            yield return new Problem("MT1006", FormattableString.Invariant($"WithCheckpoints takes a time of at least 0 and keeps at least 1. Got {checkpoints.Every} and {checkpoints.Keep}."));
        }
        if (MemoryLimitBytes < 1) yield return new Problem("MT1112", $"WithMemoryLimit takes at least 1 byte. Got {MemoryLimitBytes}.");
    }
}
