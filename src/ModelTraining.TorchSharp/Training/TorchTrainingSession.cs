using System.Collections.Immutable;
using ModelTraining.Onnx;
using TorchSharp;

namespace ModelTraining.Torch;

internal sealed class TorchTrainingSession : ITrainingSession
{
    private readonly TrainingGraph _graph;
    private readonly SessionGraphs _graphs;
    private readonly TorchSharpOptions _options;
    private readonly ScriptForm _form;
    private readonly SessionMemory _memory;
    private readonly LossScale _scale;
    private readonly torch.Device _device;
    private readonly int _threads;
    private readonly OptimizerScript _update;
    private readonly torch.Tensor[][] _groups;
    private readonly torch.Tensor[] _weights, _statistics, _averages;
    private readonly Dictionary<string, TorchWeight> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<int, CompiledScript> _steps = [], _uses = [];
    private readonly Dictionary<TrainingBatch, BatchBinding> _bindings = [];
    private readonly double[] _told;
    private readonly bool _drawsOnDevice;
    private readonly torch.Tensor _toldTensor, _number;
    private readonly float[] _updates = new float[2]; // the count in two halves, as every backend keeps it
    private torch.Tensor[] _gathered = [];
    private bool _hasGathered;
    private int _thread;

    public TorchTrainingSession(TrainingGraph graph, BackendSettings settings, Device device, TorchSharpOptions options, bool? drawsOnDevice = null)
    {
        (_graph, _options, _threads) = (graph, options, settings.Threads);
        _device = device.IsCuda ? torch.device(DeviceType.CUDA, device.Index) : torch.CPU;
        if (device.IsCuda) (torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32) = (options.AllowTf32, options.AllowTf32);
        var tensorCores = device.IsCuda && (options.AllowTf32 || options.Precision != Precision.Float32);
        _form = new ScriptForm(options.Precision, options.ChannelsLast ?? tensorCores);
        _scale = new LossScale(options);
        _memory = new SessionMemory(device, graph);
        _drawsOnDevice = drawsOnDevice ?? device.IsCuda;
        _graphs = new SessionGraphs(graph, _drawsOnDevice);
        _told = new double[StepSlots.Count + (2 * _graphs.Noise.Count)];
        _update = new OptimizerScript(settings.Optimizer, graph.Weights, settings.KeepsAverage);
        var constants = graph.Graph.Constants;
        foreach (var weight in graph.Weights)
        {
            if (constants[weight.Name].Type != ElementType.Float) throw new ModelTrainingException("MT3061", $"Weight '{weight.Name}' is {constants[weight.Name].Type}; Float is trained. Cast it to Float, or leave it out of the weights.");
        }

        var tensors = new List<SessionTensor> { new("updates", [2], SessionTensorKind.OptimizerState) };
        if (options.Precision == Precision.Float16) tensors.Add(new SessionTensor(LossScale.Name, [2], SessionTensorKind.Backend));
        _weights = new torch.Tensor[graph.Weights.Length];
        var (first, second) = (new torch.Tensor[settings.Optimizer.State.Count > 0 ? _weights.Length : 0], new torch.Tensor[settings.Optimizer.State.Count > 1 ? _weights.Length : 0]);
        _averages = new torch.Tensor[settings.KeepsAverage ? _weights.Length : 0];
        for (var i = 0; i < _weights.Length; i++)
        {
            var name = graph.Weights[i].Name;
            var initial = constants[name];
            _weights[i] = Keep(tensors, name, initial, SessionTensorKind.Weight, filled: true);
            if (first.Length > 0) first[i] = Keep(tensors, $"{settings.Optimizer.State[0]}/{name}", initial, SessionTensorKind.OptimizerState, filled: false);
            if (second.Length > 0) second[i] = Keep(tensors, $"{settings.Optimizer.State[1]}/{name}", initial, SessionTensorKind.OptimizerState, filled: false);
            if (_averages.Length > 0) _averages[i] = Keep(tensors, $"average/{name}", initial, SessionTensorKind.Average, filled: true);
        }

        _groups = [.. _update.Groups.SelectMany(group => new[] { _weights, first, second }.Select(list => list.Length == 0 ? list : [.. group.Select(i => list[i])]))];
        _statistics = [.. _graphs.Statistics.Select(statistic => Keep(tensors, statistic.Constant, constants[statistic.Constant], SessionTensorKind.Weight, filled: true))];
        Tensors = tensors;
        _toldTensor = TorchTensors.Over(_told, [_told.Length]);
        _number = TorchTensors.Zeros([], _device);
    }

    public IReadOnlyList<SessionTensor> Tensors { get; }

    public MemoryUse Memory => _memory.Use();

    private long Updates
    {
        get => ((long)_updates[1] << 20) + (long)_updates[0];
        set => (_updates[0], _updates[1]) = (value & 0xFFFFF, value >> 20);
    }

    public StepResult Step(TrainingBatch batch, in StepSettings settings)
    {
        OnThisThread();
        var script = StepScriptOf(batch);
        var binding = Binding(batch);
        var gathers = _hasGathered || !settings.Update || settings.Share != 1;
        if (gathers && _gathered.Length == 0) _gathered = _memory.Guard(batch.Rows, () => _graph.Weights.Select(weight => Laid(TorchTensors.Zeros(_graph.Graph.Constants[weight.Name].Shape.ToArray(), _device))).ToArray());
        (_told[StepSlots.Gathers], _told[StepSlots.Updates]) = (gathers ? 1 : 0, settings.Update ? 1 : 0);
        (_told[StepSlots.LearningRate], _told[StepSlots.WeightDecay]) = (settings.LearningRate, settings.WeightDecay);
        (_told[StepSlots.Share], _told[StepSlots.AverageShare]) = (settings.Share, settings.AverageShare);
        (_told[StepSlots.MaxGradNorm], _told[StepSlots.UpdateNumber]) = (settings.MaxGradNorm, Updates + 1);
        _told[StepSlots.LossScale] = _scale.Value;
        Draw(binding, settings.NoiseSeed);
        binding.Send();
        using var result = (torch.Tensor)script.Run([binding.Inputs, binding.Noise, _weights, _statistics, script.Fixed, _toldTensor, _gathered, _averages, _number, .. _groups]);
        var values = result.data<double>();
        var (loss, norm) = (values[0], settings.Update && double.IsFinite(values[0]) ? values[1] : double.NaN);
        if (!settings.Update)
        {
            _hasGathered = double.IsFinite(loss);
            return new StepResult(loss, double.NaN, Updated: false);
        }

        _hasGathered = false;
        var updated = double.IsFinite(loss) && double.IsFinite(norm);
        if (updated) Updates++;
        var skipped = _options.Precision == Precision.Float16 && double.IsFinite(loss) && _scale.Follow(overflowed: !updated);
        return new StepResult(loss, norm, updated) { Skipped = skipped };
    }

    public double Evaluate(TrainingBatch batch, Span<float> outputs)
    {
        OnThisThread();
        var script = UseScriptOf(batch);
        var binding = Binding(batch);
        binding.Send();
        var results = (torch.Tensor[])script.Run([binding.Inputs, Array.Empty<torch.Tensor>(), _weights, _statistics, script.Fixed, _toldTensor]);
        try
        {
            if (!outputs.IsEmpty) TorchTensors.Read(results[1], outputs);
            return results[0].data<double>()[0];
        }
        finally
        {
            foreach (var result in results) result.Dispose();
        }
    }

    public void Read(string name, Span<float> values)
    {
        if (Own(name) is { } own) own.CopyTo(values);
        else Tensor(name).Read(values);
    }

    public void Write(string name, ReadOnlySpan<float> values)
    {
        var own = Own(name);
        var count = own?.Length ?? Tensor(name).Info.Count;
        if (values.Length != count) throw new ModelTrainingException("MT3062", $"Tensor '{name}' has {count} elements, not {values.Length}. It is from another network.");
        if (own is not null) values.CopyTo(own);
        else Tensor(name).Write(values);
    }

    public string? FindNotFinite(TrainingBatch batch, in StepSettings settings)
    {
        OnThisThread();
        var writer = _graphs.Step(batch, _form);
        using var script = Compile(batch.Rows, StepScript.Finite(writer), writer.Tensors);
        var binding = Binding(batch);
        Draw(binding, settings.NoiseSeed);
        binding.Send();
        using var finite = (torch.Tensor)script.Run([binding.Inputs, binding.Noise, _weights, _statistics, script.Fixed, _toldTensor]);
        var at = finite.data<bool>().ToArray().AsSpan().IndexOf(false);
        return at < 0 ? null : $"{writer.Results[at].Node.OpType} '{writer.Results[at].Node.Name}'";
    }

    public void Dispose()
    {
        foreach (var script in _steps.Values.Concat(_uses.Values)) script.Dispose();
        foreach (var binding in _bindings.Values) binding.Dispose();
        foreach (var tensor in _tensors.Values) tensor.Values.Dispose();
        foreach (var tensor in _gathered) tensor.Dispose();
        _toldTensor.Dispose();
        _number.Dispose();
        _steps.Clear();
        _uses.Clear();
        _bindings.Clear();
        _tensors.Clear();
    }

    /// <summary>The number of threads is a setting of the calling thread.</summary>
    private void OnThisThread()
    {
        if (_thread == Environment.CurrentManagedThreadId) return;
        _thread = Environment.CurrentManagedThreadId;
        torch.set_num_threads(_threads);
    }

    private CompiledScript StepScriptOf(TrainingBatch batch)
    {
        if (_steps.TryGetValue(batch.Rows, out var script)) return script;
        var (backward, tensors) = _graphs.Backward(batch, _form, _options.ActivationCheckpointing);
        return _steps[batch.Rows] = Compile(batch.Rows, StepScript.Step(backward, _graphs.StatisticOutputs, _update), tensors);
    }

    private CompiledScript UseScriptOf(TrainingBatch batch)
    {
        if (_uses.TryGetValue(batch.Rows, out var script)) return script;
        var writer = _graphs.Use(batch, _form);
        return _uses[batch.Rows] = Compile(batch.Rows, StepScript.Use(writer, SessionGraphs.Loss, SessionGraphs.Output), writer.Tensors);
    }

    private CompiledScript Compile(int rows, string source, IReadOnlyList<Tensor> tensors) =>
        new(source, () => [.. tensors.Select(tensor => Laid(TorchTensors.Of(tensor, _device)))], _memory, rows);

    /// <summary>What dropout drops in a step: drawn here, or by the script, from these keys.</summary>
    private void Draw(BatchBinding binding, ulong seed)
    {
        binding.Draw(seed);
        for (var i = 0; i < _graphs.Noise.Count; i++) (_told[StepSlots.Count + (2 * i)], _told[StepSlots.Count + (2 * i) + 1]) = DropoutNoise.Keys(DropoutNoise.SeedOf(seed, i));
    }

    private BatchBinding Binding(TrainingBatch batch)
    {
        if (!_bindings.TryGetValue(batch, out var binding)) _bindings[batch] = binding = _memory.Guard(batch.Rows, () => new BatchBinding(batch, _graphs, _device, _drawsOnDevice ? [] : _graphs.Noise));
        return binding;
    }

    /// <summary>What is kept here, and not by libtorch.</summary>
    private float[]? Own(string name) => name switch
    {
        "updates" => _updates,
        LossScale.Name when _options.Precision == Precision.Float16 => _scale.State,
        _ => null,
    };

    private torch.Tensor Laid(torch.Tensor tensor) => _form.ChannelsLast ? TorchTensors.ChannelsLast(tensor) : tensor;

    private TorchWeight Tensor(string name) => _tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new ModelTrainingException("MT3065", $"The session has no tensor '{name}'. {NearestNames.Sentence(name, _tensors.Keys)}");

    private torch.Tensor Keep(List<SessionTensor> tensors, string name, Tensor initial, SessionTensorKind kind, bool filled)
    {
        var info = new SessionTensor(name, [.. initial.Shape], kind);
        var tensor = _memory.Guard(null, () => Laid(filled ? TorchTensors.Of(initial, _device) : TorchTensors.Zeros(initial.Shape.ToArray(), _device)));
        tensors.Add(info);
        _tensors.Add(name, new TorchWeight(info, tensor));
        return tensor;
    }
}
