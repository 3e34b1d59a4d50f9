namespace ModelTraining.Tests.Training.Networks;

/// <summary>The default backend, which tells of each step before it is made.</summary>
internal sealed class CountingBackend(Action<TrainingBatch> step) : ITrainingBackend
{
    public CountingBackend(Action step)
        : this(_ => step())
    {
    }

    public string Name => "counting";

    public DeviceMemory? DeviceMemory { get; set; }

    /// <summary>Is called before each batch that is evaluated.</summary>
    public Action<TrainingBatch>? Evaluating { get; init; }

    public ITrainingSession Compile(TrainingGraph graph, BackendSettings settings) => new Session(new OnnxRuntimeBackend().Compile(graph, settings), step, Evaluating);

    private sealed class Session(ITrainingSession inner, Action<TrainingBatch> step, Action<TrainingBatch>? evaluating) : ITrainingSession
    {
        public IReadOnlyList<SessionTensor> Tensors => inner.Tensors;

        public StepResult Step(TrainingBatch batch, in StepSettings settings)
        {
            step(batch);
            return inner.Step(batch, settings);
        }

        public double Evaluate(TrainingBatch batch, Span<float> outputs)
        {
            evaluating?.Invoke(batch);
            return inner.Evaluate(batch, outputs);
        }

        public void Read(string name, Span<float> values) => inner.Read(name, values);

        public void Write(string name, ReadOnlySpan<float> values) => inner.Write(name, values);

        public string? FindNotFinite(TrainingBatch batch, in StepSettings settings) => inner.FindNotFinite(batch, settings);

        public void Dispose() => inner.Dispose();
    }
}
