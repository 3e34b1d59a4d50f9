using System.Collections.Immutable;

namespace ModelTraining;

/// <summary>A trial as its study knows it. Immutable.</summary>
public sealed record TrialRecord
{
    /// <summary>The position in the study, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>How far it is.</summary>
    public required TrialState State { get; init; }

    /// <summary>The value of each parameter that the trial has, by name: a quantity as itself, a choice as its position. <see cref="Parameter.Text"/> puts it in words.</summary>
    public required IReadOnlyDictionary<string, double> Parameters { get; init; }

    /// <summary>The objectives, one a direction of the study; empty unless the trial is complete.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>What it said on its way, in order.</summary>
    public ImmutableArray<TrialReport> Reports { get; init; } = [];

    /// <summary>By how much it breaks each constraint; what is at most 0 holds.</summary>
    public IReadOnlyList<double> Constraints { get; init; } = [];

    /// <summary>Why it has no value, was given up or was not begun; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was asked for, or taken over from a worker that died.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The first objective. NaN unless the trial is complete.</summary>
    public double Value => Values.Count > 0 ? Values[0] : double.NaN;

    /// <summary>Whether it holds all constraints.</summary>
    public bool IsFeasible => Violation == 0;

    /// <summary>Whether it will not change any more.</summary>
    public bool HasEnded => State is TrialState.Complete or TrialState.Pruned or TrialState.Failed or TrialState.Skipped;

    internal double Violation => Constraints.Sum(constraint => Math.Max(0, double.IsNaN(constraint) ? double.PositiveInfinity : constraint));

    internal string Worker { get; init; } = "";

    /// <summary>When its worker was last heard of.</summary>
    internal DateTimeOffset HeardAt { get; init; }
}
