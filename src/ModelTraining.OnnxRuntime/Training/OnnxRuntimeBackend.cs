namespace ModelTraining;

/// <summary>
/// Trains graphs on the stock ONNX Runtime, on the CPU: gradients are nodes of the same graph (ADR 0009), weights are memory that the optimizer
/// updates in place, and a step allocates nothing. The default backend.
/// </summary>
public sealed class OnnxRuntimeBackend : ITrainingBackend
{
    /// <inheritdoc/>
    public string Name => "ONNX Runtime";

    /// <inheritdoc/>
    public ITrainingSession Compile(TrainingGraph graph, BackendSettings settings)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(settings);
        return new OnnxRuntimeTrainingSession(graph, settings);
    }
}
