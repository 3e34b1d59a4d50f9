using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using ModelTraining.Onnx;

namespace ModelTraining;

internal sealed class OnnxRuntimeTrainingSession : ITrainingSession
{
    private readonly TrainingGraph _graph;
    private readonly StepGraph _open;
    private readonly Graph _use;
    private readonly InferenceSession _useSession;
    private readonly Dictionary<int, (StepGraph Graph, InferenceSession Session)> _programs = [];
    private readonly RunOptions _runOptions = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly WeightMemory[] _weights;
    private readonly StatisticMemory[] _statistics;
    private readonly Dictionary<string, float[]> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<TrainingBatch, (InferenceSession Session, BoundStep Bound, float[] Loss)> _steps = [];
    private readonly Dictionary<TrainingBatch, (BoundStep Bound, float[] Loss, float[] Outputs)> _uses = [];
    private readonly WeightPass _pass;
    private GCHandle _passHandle;
    private readonly float[] _updates = new float[2]; // the count in two halves, so that it is a tensor like the others
    private readonly int _threads;
    private readonly string? _profile;

    /// <param name="graph">What is trained.</param>
    /// <param name="settings">How.</param>
    /// <param name="profile">How the files begin that ONNX Runtime writes what each node takes into; null when nobody asks.</param>
    public OnnxRuntimeTrainingSession(TrainingGraph graph, BackendSettings settings, string? profile = null)
    {
        (_graph, _threads, _profile) = (graph, settings.Threads, profile);
        _open = new StepGraph(graph);
        _use = TrainingForm.Inference(graph, _open.Statistics.Select(statistic => statistic.Constant));
        _use.Output("use/loss", _use[graph.Loss].Reshape());
        _use.Output("use/output", _use[graph.Outputs[0]]);
        _use.Prune();
        var constants = graph.Graph.Constants;
        _weights = [.. graph.Weights.Select(weight => new WeightMemory(weight, constants[weight.Name], settings.Optimizer.State.Count, settings.KeepsAverage))];
        _statistics = [.. _open.Statistics.Select(statistic => new StatisticMemory(statistic, constants[statistic.Constant]))];
        _useSession = Open(_use);
        _pass = new WeightPass(_weights, settings.Optimizer);
        _passHandle = GCHandle.Alloc(_pass);
        Tensors = [.. List(settings.Optimizer)];
    }

    public IReadOnlyList<SessionTensor> Tensors { get; }

    private long Updates
    {
        get => ((long)_updates[1] << 20) + (long)_updates[0];
        set => (_updates[0], _updates[1]) = (value & 0xFFFFF, value >> 20);
    }

    public StepResult Step(TrainingBatch batch, in StepSettings settings)
    {
        if (!_steps.TryGetValue(batch, out var step)) _steps[batch] = step = BindStep(batch);
        step.Bound.Draw(settings.NoiseSeed);
        _pass.Prepare(settings, Updates + 1);
        step.Session.RunWithBinding(_runOptions, step.Bound.Binding);
        var loss = step.Loss[0];
        if (float.IsFinite(loss)) foreach (var statistic in _statistics) statistic.Follow();
        if (_pass.IsUpdated) Updates++;
        return new StepResult(loss, _pass.Norm, _pass.IsUpdated);
    }

    /// <summary>The run alone of a batch that has had a step, as that step was: what it takes is what a step may not add to.</summary>
    internal void RunAlone(TrainingBatch batch)
    {
        var step = _steps[batch];
        step.Session.RunWithBinding(_runOptions, step.Bound.Binding);
    }

    /// <summary>Ends the profile of the steps of a batch.</summary>
    /// <returns>Its file: events in JSON.</returns>
    internal string EndProfile(TrainingBatch batch) => _steps[batch].Session.EndProfiling();

    public double Evaluate(TrainingBatch batch, Span<float> outputs)
    {
        if (!_uses.TryGetValue(batch, out var use)) _uses[batch] = use = BindUse(batch);
        _useSession.RunWithBinding(_runOptions, use.Bound.Binding);
        if (!outputs.IsEmpty) use.Outputs.CopyTo(outputs);
        return use.Loss[0];
    }

    public void Read(string name, Span<float> values) => Tensor(name).CopyTo(values);

    public void Write(string name, ReadOnlySpan<float> values)
    {
        var tensor = Tensor(name);
        if (values.Length != tensor.Length) throw new ModelTrainingException("MT3062", $"Tensor '{name}' has {tensor.Length} elements, not {values.Length}. It is from another network.");
        values.CopyTo(tensor);
    }

    public string? FindNotFinite(TrainingBatch batch, in StepSettings settings) => NotFinite.Find(Program(batch.Rows).Graph, batch, _weights, settings.NoiseSeed);

    public void Dispose()
    {
        foreach (var (_, bound, _) in _steps.Values) bound.Dispose();
        foreach (var (bound, _, _) in _uses.Values) bound.Dispose();
        foreach (var (_, session) in _programs.Values) session.Dispose();
        _useSession?.Dispose();
        foreach (var weight in _weights) weight.Dispose();
        foreach (var statistic in _statistics) statistic.Dispose();
        if (_passHandle.IsAllocated) _passHandle.Free();
        _runOptions.Dispose();
    }

    /// <summary>The graph of a step, and its session, for batches of one size: of a run there are two, that of all batches and that of the last.</summary>
    private (StepGraph Graph, InferenceSession Session) Program(int rows)
    {
        if (_programs.TryGetValue(rows, out var program)) return program;
        var graph = new StepGraph(FixedBatch.Of(_graph, rows), GCHandle.ToIntPtr(_passHandle));
        return _programs[rows] = (graph, Open(graph.Graph));
    }

    private (InferenceSession Session, BoundStep Bound, float[] Loss) BindStep(TrainingBatch batch)
    {
        var (graph, session) = Program(batch.Rows);
        var bound = new BoundStep(session, graph.Graph, batch, graph.Noise);
        BindWeights(bound, graph.Graph);
        for (var i = 0; i < _weights.Length; i++) bound.Binding.BindOutput(graph.GradientNames[i], _weights[i].BoundGradients);
        foreach (var statistic in _statistics) bound.Binding.BindOutput($"step/{statistic.Name}", statistic.BoundInBatch);
        bound.BindOutput(StepGraph.Updated, 1);
        return (session, bound, bound.BindOutput(graph.Loss));
    }

    private (BoundStep Bound, float[] Loss, float[] Outputs) BindUse(TrainingBatch batch)
    {
        var bound = new BoundStep(_useSession, _use, batch, []);
        BindWeights(bound, _use);
        foreach (var statistic in _statistics) bound.Bind(statistic.Name, statistic.BoundValues);
        var shape = _use["use/output"].Shape;
        if (shape is null || shape.Skip(1).Any(dimension => !dimension.IsKnown))
        {
            throw new ModelTrainingException("MT3063", $"The shape of output '{_graph.Outputs[0]}' is not known but for the batch: {_use["use/output"]}. Give the graph's inputs fixed sizes.");
        }

        long[] sizes = [.. shape.Select(dimension => dimension.IsKnown ? dimension.Size : batch.Rows)];
        return (bound, bound.BindOutput("use/loss"), bound.BindOutput("use/output", sizes));
    }

    private void BindWeights(BoundStep bound, Graph graph)
    {
        var taken = graph.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var weight in _weights.Where(weight => taken.Contains(weight.Weight.Name))) bound.Bind(weight.Weight.Name, weight.BoundValues);
    }

    private InferenceSession Open(Graph graph)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = _threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        options.AddSessionConfigEntry("session.set_denormal_as_zero", "1");
        if (_profile is not null) (options.ProfileOutputPathPrefix, options.EnableProfiling) = (_profile, true); // in this order: turning it on takes the prefix
        KernelOperators.AddTo(options);
        try
        {
            return new InferenceSession(OnnxFile.ToBytes(graph), options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelTrainingException("MT3064", $"ONNX Runtime does not take the training graph of '{graph.Name}': {exception.Message} Freeze the weights in front of the named node, or replace it.", exception);
        }
    }

    private float[] Tensor(string name) => _tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new ModelTrainingException("MT3065", $"The session has no tensor '{name}'. {NearestNames.Sentence(name, _tensors.Keys)}");

    private IEnumerable<SessionTensor> List(Optimizer optimizer)
    {
        yield return Keep("updates", [2], _updates, SessionTensorKind.OptimizerState);
        foreach (var weight in _weights)
        {
            var name = weight.Weight.Name;
            yield return Keep(name, weight.Shape, weight.Values, SessionTensorKind.Weight);
            for (var i = 0; i < weight.States.Length; i++) yield return Keep($"{optimizer.State[i]}/{name}", weight.Shape, weight.States[i], SessionTensorKind.OptimizerState);
            if (weight.Average is { } average) yield return Keep($"average/{name}", weight.Shape, average, SessionTensorKind.Average);
        }

        foreach (var statistic in _statistics) yield return Keep(statistic.Name, statistic.Shape, statistic.Values, SessionTensorKind.Weight);
    }

    private SessionTensor Keep(string name, ImmutableArray<long> shape, float[] values, SessionTensorKind kind)
    {
        _tensors.Add(name, values);
        return new SessionTensor(name, shape, kind);
    }
}
