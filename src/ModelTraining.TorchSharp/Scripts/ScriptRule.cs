namespace ModelTraining.Torch;

/// <summary>How an operator of ONNX is written in TorchScript.</summary>
/// <param name="OpType">The operator, of the default set unless <paramref name="Domain"/> says otherwise.</param>
/// <param name="Write">Gives the expression of the first output; null when it has set all outputs itself.</param>
/// <param name="Precision">In which numbers it works in mixed precision.</param>
/// <param name="Domain">The operator set.</param>
internal sealed record ScriptRule(string OpType, Func<ScriptNode, string?> Write, MixedPrecision Precision = MixedPrecision.AsGiven, string Domain = "");
