using System.Collections.Immutable;
using System.IO.Enumeration;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>A matrix of a network and the dense layers that multiply by it, or the kernels of convolutions; nothing else uses it.</summary>
/// <param name="Name">The constant.</param>
/// <param name="IsTransposed">Whether it is [outputs, inputs] instead of [inputs, outputs], as that of a convolution is.</param>
/// <param name="Inputs">The numbers that go into each output: of a convolution, channels times the size of the kernel.</param>
/// <param name="Outputs">The numbers that come out, or the filters.</param>
/// <param name="Layers">The nodes that multiply by it.</param>
internal sealed record LayerWeight(string Name, bool IsTransposed, long Inputs, long Outputs, IReadOnlyList<Node> Layers)
{
    private const string WeightSuffix = ".weight";

    /// <summary>[channels, height, width], or as many sizes as there are, of the kernel of a convolution; empty for a dense layer.</summary>
    public ImmutableArray<long> Kernel { get; init; } = [];

    public bool IsConvolution => Kernel.Length > 0;

    /// <summary>What PyTorch calls the layers: the weight's name without its last part or, where an export left nothing of that, the node's with dots.</summary>
    public IEnumerable<string> Modules
    {
        get
        {
            if (Name.EndsWith(WeightSuffix, StringComparison.Ordinal)) yield return Name[..^WeightSuffix.Length];
            foreach (var layer in Layers)
            {
                var parts = layer.Name.Split('/', StringSplitOptions.RemoveEmptyEntries);
                if (parts.Length > 1) yield return string.Join('.', parts[..^1]);
            }

            if (!Name.EndsWith(WeightSuffix, StringComparison.Ordinal)) yield return Name;
        }
    }

    /// <summary>Whether its name, that of a layer, or a part of one is like <paramref name="pattern"/>.</summary>
    public bool IsCalled(string pattern) => Layers.Select(layer => layer.Name).Prepend(Name).Any(name =>
        FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false) || name.Split('/', '.').Any(part => FileSystemName.MatchesSimpleExpression(pattern, part, ignoreCase: false)));
}
