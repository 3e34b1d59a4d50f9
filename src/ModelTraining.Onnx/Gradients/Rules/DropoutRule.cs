namespace ModelTraining.Onnx;

/// <summary>
/// The gradient of Dropout (Srivastava et al., 2014) passes where the element did, scaled alike. The mask is an output of the node, which it is given if it
/// lacks it. Before opset 12, and without a training mode, Dropout changes nothing.
/// </summary>
internal static class DropoutRule
{
    public static void Apply(NodeGradient node) => node.Give(0, () =>
    {
        var (d, training) = (node.Gradient, node.Optional(2));
        if (training is null || node.Constant(2) is { Type: ElementType.Bool } constant && !constant.Elements<bool>()[0]) return d;
        var mask = node.Output(1, _ => (ElementType.Bool, node.Input().Shape));
        var keep = ConstantValues.Number(node.Constant(1)) is { } ratio ? Emit.Scalar(d, 1 / (1 - ratio))
            : node.Optional(1) is { } computed ? (1f - computed.Cast(d.Type)).Pow(-1f) : Emit.Scalar(d, 2.0);
        var scale = node.Constant(2) is not null ? keep : training.Where(keep, Emit.Scalar(d, 1.0));
        return d * (mask.Cast(d.Type) * scale);
    });
}
