namespace ModelTraining;

/// <summary>
/// A graph that is being trained: its weights, what the optimizer keeps for them, and their running average. One thread at a time. Tensors have the same
/// names and meaning in every backend, so that what one has read another can go on with.
/// </summary>
public interface ITrainingSession : IDisposable
{
    /// <summary>
    /// All that <see cref="Read"/> and <see cref="Write"/> know: the weights under their names in the graph, the optimizer's state under
    /// "exp_avg/" and so on before the weight's name, and the running average under "average/".
    /// </summary>
    IReadOnlyList<SessionTensor> Tensors { get; }

    /// <summary>The memory that training takes. Default: that of the process.</summary>
    MemoryUse Memory => MemoryUse.OfProcess();

    /// <summary>Computes loss and gradients of a batch, adds them to what has been gathered since the last update, and updates the weights where <paramref name="settings"/> say so.</summary>
    /// <remarks>Nothing is updated when the loss or a gradient is not finite; what was gathered is dropped then.</remarks>
    StepResult Step(TrainingBatch batch, in StepSettings settings);

    /// <summary>Computes the loss of a batch as the model will be used: no dropout, running statistics.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="outputs">Takes the first of <see cref="TrainingGraph.Outputs"/>, row after row; empty when only the loss is asked for.</param>
    /// <returns>The loss.</returns>
    double Evaluate(TrainingBatch batch, Span<float> outputs);

    /// <summary>Copies a tensor out.</summary>
    void Read(string name, Span<float> values);

    /// <summary>Replaces a tensor.</summary>
    void Write(string name, ReadOnlySpan<float> values);

    /// <summary>The first node, in the order of running, whose output is not finite for a batch, with that node's operator; null when all are.</summary>
    string? FindNotFinite(TrainingBatch batch, in StepSettings settings);
}
