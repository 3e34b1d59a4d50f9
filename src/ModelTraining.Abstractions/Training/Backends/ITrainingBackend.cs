namespace ModelTraining;

/// <summary>Trains graphs: the stock ONNX Runtime, or libtorch. Implementations are immutable and safe to use from many threads.</summary>
public interface ITrainingBackend
{
    /// <summary>The name, for logs and reports.</summary>
    string Name { get; }

    /// <summary>The memory of the device that it trains on, at this moment; <c>null</c>, the default, where that is the process's own.</summary>
    DeviceMemory? DeviceMemory => null;

    /// <summary>Makes a graph ready to train.</summary>
    /// <param name="graph">What is trained. It is not changed.</param>
    /// <param name="settings">How.</param>
    /// <returns>A session that starts from the graph's own weights. Dispose it.</returns>
    /// <exception cref="ModelTrainingException">MT3xxx: an operator has no gradient, or the backend can't run one; the message names the node and says what helps.</exception>
    ITrainingSession Compile(TrainingGraph graph, BackendSettings settings);
}
