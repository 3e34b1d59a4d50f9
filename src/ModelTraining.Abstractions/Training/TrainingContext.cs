using System.Diagnostics;

namespace ModelTraining;

/// <summary>What a run gives to a trainer.</summary>
public sealed class TrainingContext
{
    /// <summary>Where all randomness comes from. Default: seed 0.</summary>
    public SeededRandom Random { get; init; } = new(0);

    /// <summary>How many threads to use at most. Default: the processors of the machine. The result must not depend on it, but for the last digits of networks, whose runtimes cut sums where threads meet.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Told after each step; null when nobody listens.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>
    /// Told the number of steps done and the score on the validation part, less is better, after each step that is scored: every one, in order, while <see cref="Progress"/> may pass some over. By it
    /// a trial that is not worth going on is cancelled. Default null: nobody asks.
    /// </summary>
    public Action<int, double>? Scored { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Takes a warning for the log and the report. Default: nobody listens.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>Takes what the engine behind a trainer says by the way, with its level, for the log. Default: nobody listens.</summary>
    public Action<TraceLevel, string> Log { get; init; } = static (_, _) => { };

    /// <summary>What a row of the data is called where it comes from, for messages, for example 17 of the source. Default null: its position.</summary>
    internal Func<int, int>? RowOfSource { get; init; }

    /// <summary>Whether the run writes the model as ONNX: a trainer that can tell early that its model has no such form then ends before it trains. Default false.</summary>
    public bool IsExported { get; init; }

    /// <summary>Where a trainer that takes long keeps checkpoints, and goes on from the newest. Default null: it keeps none.</summary>
    public CheckpointSettings? Checkpoints { get; init; }
}
