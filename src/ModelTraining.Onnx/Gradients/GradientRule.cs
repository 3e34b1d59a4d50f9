namespace ModelTraining.Onnx;

/// <summary>How an operator is differentiated: a row of the table.</summary>
/// <param name="OpType">The operator.</param>
/// <param name="Apply">Appends the nodes of the vector-Jacobian product: given the gradient of the outputs, it gives that of the inputs.</param>
/// <param name="Towards">The inputs that get a gradient, for the documentation.</param>
/// <param name="Limits">What is not supported; empty when all is.</param>
/// <param name="Domain">The operator set: empty for ai.onnx.</param>
internal sealed record GradientRule(string OpType, Action<NodeGradient> Apply, string Towards, string Limits = "", string Domain = "");
