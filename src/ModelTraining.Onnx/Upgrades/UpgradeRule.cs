namespace ModelTraining.Onnx;

/// <summary>How an operator of an older operator set is written in a newer one.</summary>
/// <param name="OpType">The operator as it was called.</param>
/// <param name="Changed">The first version that has the form of today.</param>
/// <param name="Apply">Writes the nodes.</param>
internal sealed record UpgradeRule(string OpType, int Changed, Action<UpgradedNode> Apply);
