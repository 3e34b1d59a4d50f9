using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// Low-rank adapters apart from their network, in the form of Hugging Face's PEFT: a folder with adapter_model.safetensors, whose tensors are called
/// base_model.model.LAYER.lora_A.weight and lora_B.weight, and adapter_config.json. Layers are called as in PyTorch: by the weight's name without .weight, or
/// by the path of the node that uses it. A head that was trained beside them is not among them. Immutable.
/// </summary>
public sealed class LoRAAdapters
{
    private readonly IReadOnlyList<LoRAModule> _modules;

    private LoRAAdapters(IReadOnlyList<LoRAModule> modules) => _modules = modules;

    /// <summary>The names of the layers that have an adapter.</summary>
    public IReadOnlyList<string> Layers => [.. _modules.Select(module => module.Name)];

    /// <summary>Reads a folder that PEFT, or <see cref="Save"/>, wrote.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ModelTrainingException">
    /// MT4206, MT4221: a file can't be read, or is damaged. MT3087: adapter_config.json is malformed, or of adapters that are not LoRA's, or of a kind of them that changes more than sums
    /// (DoRA). MT3088: the tensors of an adapter contradict each other.
    /// </exception>
    public static LoRAAdapters Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new LoRAAdapters(PeftFiles.Read(folder));
    }

    /// <summary>Writes the adapters into a folder, which is made where it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ModelTrainingException">MT4001, MT4205: a file can't be written.</exception>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        PeftFiles.Write(folder, _modules);
    }

    /// <summary>Merges the adapters into the weights of a graph, in place: W + scale · A·B, summed in double precision. Of a graph of 32-bit numbers, one that was loaded or built.</summary>
    /// <param name="graph">The graph.</param>
    /// <returns>The weights that were changed, the layers that the graph has not, and those of other sizes. Nothing is thrown for these: look at it.</returns>
    public WeightsReport MergeInto(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var weights = DenseWeights.Find(graph).Concat(ConvolutionWeights.Find(graph)).ToList();
        var (loaded, unexpected, misfits) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var module in _modules)
        {
            if (Find(weights, module.Name) is not { } weight) unexpected.Add(module.Name);
            else if (module.Inputs != weight.Inputs || module.Outputs != weight.Outputs) misfits.Add($"{module.Name} is of {module.Inputs} inputs and {module.Outputs} outputs, not {weight.Inputs} and {weight.Outputs}");
            else
            {
                var adapter = new Adapter(weight, module.Rank, module.Scale);
                graph.ReplaceConstant(weight.Name, adapter.Merged(graph.Constants[weight.Name], module.Down(weight), module.Up(weight)));
                loaded.Add(weight.Name);
            }
        }

        return new WeightsReport(loaded, [], unexpected, misfits);
    }

    /// <summary>The adapters of a network that was trained with them.</summary>
    internal static LoRAAdapters Of(IReadOnlyList<Adapter> adapters, IReadOnlyDictionary<string, Tensor> trained) =>
        new([.. adapters.Select(adapter => LoRAModule.Of(adapter, trained[adapter.Down], trained[adapter.Up]))]);

    /// <summary>The weight of a layer; one whose name only ends so, or that ends the name, where no other does: exports may leave out the wrappers around a network.</summary>
    private static LayerWeight? Find(List<LayerWeight> weights, string module)
    {
        if (weights.FirstOrDefault(weight => weight.Modules.Contains(module)) is { } exact) return exact;
        var alike = weights.Where(weight => weight.Modules.Any(other => other.EndsWith($".{module}", StringComparison.Ordinal) || module.EndsWith($".{other}", StringComparison.Ordinal))).ToList();
        return alike is [var only] ? only : null;
    }
}
