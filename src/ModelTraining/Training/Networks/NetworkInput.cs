using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What a network on a table is built from.</summary>
/// <param name="Table">Float [batch, features].</param>
/// <param name="Features">What the columns are.</param>
/// <param name="Outputs">How many numbers a row gets.</param>
/// <param name="Random">Where first weights are drawn from.</param>
internal sealed record NetworkInput(Value Table, IReadOnlyList<FeatureInfo> Features, int Outputs, SeededRandom Random);
