using System.Collections.Immutable;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// What a backend trains: a graph from its inputs to the loss, written as it will be used (dropout and batch normalisation in their inference form; the
/// backend trains with their training form). Weights are its constants. Immutable.
/// </summary>
public sealed record TrainingGraph
{
    /// <summary>The graph. Its inputs are those of the batches: what the model takes, and what the loss compares with.</summary>
    public required Graph Graph { get; init; }

    /// <summary>The value that is made small: one number, the mean over the rows.</summary>
    public required string Loss { get; init; }

    /// <summary>The values that the model gives; the first is what <see cref="ITrainingSession.Evaluate"/> gives back.</summary>
    public required ImmutableArray<string> Outputs { get; init; }

    /// <summary>The constants that are trained; all others stay as they are.</summary>
    public required ImmutableArray<TrainedWeight> Weights { get; init; }
}
