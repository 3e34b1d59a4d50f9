using ModelTraining.Onnx;

namespace ModelTraining.Tests.Operators;

/// <summary>An operator, what it is given as x (and y) and what it must give.</summary>
/// <param name="Name">The method, then what is special.</param>
/// <param name="Build">Writes the operator.</param>
/// <param name="X">The first input.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Expected">The elements of the output.</param>
/// <param name="ExpectedShape">Its shape.</param>
internal sealed record OperatorCase(string Name, Func<Graph, Value> Build, Array X, long[] Shape, Array Expected, long[] ExpectedShape)
{
    /// <summary>The second input; null when there is none.</summary>
    public (Array Elements, long[] Shape)? Y { get; init; }

    /// <summary>The operator set.</summary>
    public int Opset { get; init; } = Graph.DefaultOpset;

    public override string ToString() => Opset == Graph.DefaultOpset ? Name : $"{Name}, opset {Opset}";
}
