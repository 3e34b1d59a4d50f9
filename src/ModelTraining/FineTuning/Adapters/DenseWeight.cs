using System.IO.Enumeration;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>A matrix of a network and the dense layers that multiply by it, nothing else.</summary>
/// <param name="Name">The constant.</param>
/// <param name="IsTransposed">Whether it is [outputs, inputs] instead of [inputs, outputs].</param>
/// <param name="Inputs">The numbers that go in.</param>
/// <param name="Outputs">The numbers that come out.</param>
/// <param name="Layers">The nodes that multiply by it.</param>
internal sealed record DenseWeight(string Name, bool IsTransposed, long Inputs, long Outputs, IReadOnlyList<Node> Layers)
{
    /// <summary>Whether its name, that of a layer, or a part of one is like <paramref name="pattern"/>.</summary>
    public bool IsCalled(string pattern) => Layers.Select(layer => layer.Name).Prepend(Name).Any(name =>
        FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false) || name.Split('/', '.').Any(part => FileSystemName.MatchesSimpleExpression(pattern, part, ignoreCase: false)));
}
