using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>A trained network.</summary>
public sealed class NetworkModel : TrainedModel
{
    private readonly Graph _network;
    private readonly GraphRunner _runner;

    /// <param name="network">From float [batch, features] to probabilities or predictions.</param>
    internal NetworkModel(Graph network)
    {
        (_network, _runner) = (network, new GraphRunner(network));
        ParameterCount = Gradients.Weights(network.Outputs[0]).Sum(weight => (long)network.Constants[weight.Name].Count);
    }

    /// <summary>The number of its weights.</summary>
    public long ParameterCount { get; }

    /// <summary>The number of weights that were trained: fewer than <see cref="ParameterCount"/> where some were frozen, those of adapters where there were some.</summary>
    public required long TrainedParameterCount { get; init; }

    /// <summary>What merging LoRA's adapters into the weights changed; null where there were none.</summary>
    public AdapterMerge? AdapterMerge { get; private init; }

    /// <summary>LoRA's adapters as they were before they were merged, to be kept apart; null where there were none.</summary>
    public LoRAAdapters? Adapters { get; private init; }

    /// <summary>What bringing the weights back into the 16-bit numbers of the file that was fine-tuned changed; null where the file has 32-bit ones.</summary>
    public WeightRounding? WeightRounding { get; private init; }

    /// <summary>The learning rate that was looked for, with the curve of the sweep; null where none was.</summary>
    public FoundLearningRate? FoundLearningRate { get; init; }

    /// <summary>The batch size that was looked for, with the memory of each that was tried; null where none was.</summary>
    public FoundBatchSize? FoundBatchSize { get; init; }

    /// <inheritdoc/>
    public override int Opset => _network.Opsets[""];

    /// <summary>The weights by name, as they are in the exported graph.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights => _network.Constants;

    /// <inheritdoc/>
    public override void Predict(FeatureSet features, ReadOnlySpan<int> rows, Span<float> outputs, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count != Features.Count) throw new ArgumentException($"The model takes {Features.Count} features, not {features.Count}.", nameof(features));
        if (outputs.Length != (long)rows.Length * OutputCount) throw new ArgumentException($"{rows.Length} rows have {(long)rows.Length * OutputCount} outputs, not {outputs.Length}.", nameof(outputs));
        var chosen = rows.ToArray();
        _runner.Run(rows.Length, features.Count, outputs, threads, (first, count, values) =>
        {
            for (var feature = 0; feature < features.Count; feature++)
            {
                var column = features.Column(feature);
                for (var i = 0; i < count; i++) values[(i * features.Count) + feature] = column[chosen[first + i]];
            }
        });
    }

    /// <inheritdoc/>
    public override Value Emit(Value features)
    {
        ArgumentNullException.ThrowIfNull(features);
        foreach (var (domain, version) in _network.Opsets) if (domain.Length > 0) features.Graph.UseOpset(domain, Math.Max(version, features.Graph.Opsets.GetValueOrDefault(domain)));
        return GraphCopy.Into(_network, new Dictionary<string, Value> { [_network.Inputs[0].Name] = features }, "network/")[0];
    }

    internal Graph Network => _network;

    /// <summary>The same training's model with another graph.</summary>
    internal NetworkModel With(Graph network, IReadOnlyList<FeatureInfo>? features = null) => Copy(network, features ?? Features);

    /// <summary>The same model with the proof of its adapters' merge.</summary>
    internal NetworkModel With(AdapterMerge merge, LoRAAdapters adapters) => Copy(_network, Features, merge, adapters);

    /// <summary>The same model with the proof of its weights' rounding.</summary>
    internal NetworkModel With(WeightRounding rounding) => Copy(_network, Features, rounding: rounding);

    private NetworkModel Copy(Graph network, IReadOnlyList<FeatureInfo> features, AdapterMerge? merge = null, LoRAAdapters? adapters = null, WeightRounding? rounding = null) => new(network)
    {
        Trainer = Trainer,
        Features = features,
        Task = Task,
        Classes = Classes,
        Status = Status,
        History = History,
        TrainedParameterCount = TrainedParameterCount,
        AdapterMerge = merge ?? AdapterMerge,
        Adapters = adapters ?? Adapters,
        WeightRounding = rounding ?? WeightRounding,
        FoundLearningRate = FoundLearningRate,
        FoundBatchSize = FoundBatchSize,
    };
}
