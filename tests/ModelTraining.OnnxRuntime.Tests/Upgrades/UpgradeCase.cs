using ModelTraining.Onnx;

namespace ModelTraining.Tests.Upgrades;

/// <summary>An operator in the form that it had in an older operator set.</summary>
/// <param name="OpType">The operator.</param>
/// <param name="Opset">The operator set.</param>
/// <param name="What">What about it.</param>
/// <param name="Build">Appends the node to a graph whose input is given.</param>
/// <param name="Shape">The shape of the input.</param>
internal sealed record UpgradeCase(string OpType, int Opset, string What, Func<Value, Value> Build, params long[] Shape)
{
    public override string ToString() => $"{OpType} of opset {Opset}, {What}";
}
