namespace ModelTraining.Onnx;

/// <summary>Gradients of sums, products and their like, whose operands broadcast.</summary>
internal static class ArithmeticRules
{
    public static void Add(NodeGradient node)
    {
        node.GiveSummed(0, () => node.Gradient);
        node.GiveSummed(1, () => node.Gradient);
    }

    public static void Sub(NodeGradient node)
    {
        node.GiveSummed(0, () => node.Gradient);
        node.Give(1, () => -Broadcasting.SumTo(node.Gradient, node.Input(1)));
    }

    public static void Mul(NodeGradient node)
    {
        node.GiveSummed(0, () => node.Gradient * node.Input(1));
        node.GiveSummed(1, () => node.Gradient * node.Input(0));
    }

    public static void Div(NodeGradient node)
    {
        node.GiveSummed(0, () => node.Gradient / node.Input(1));
        node.Give(1, () => -Broadcasting.SumTo(node.Gradient * node.Output() / node.Input(1), node.Input(1)));
    }

    /// <summary>The gradient towards the exponent is that of e^(y ln x); where x is 0 or less it is 0, as PyTorch has it.</summary>
    public static void Pow(NodeGradient node)
    {
        var x = node.Input(0);
        node.GiveSummed(0, () =>
        {
            if (ConstantValues.Number(node.Constant(1)) is { } constant && node.Constant(1)!.Count == 1)
            {
                var slope = constant == 2 ? x : x.Pow(Emit.Scalar(x, constant - 1));
                return node.Gradient * (slope * Emit.Scalar(x, constant));
            }

            var exponent = node.Input(1).Cast(x.Type);
            return node.Gradient * (exponent * x.Pow(exponent - 1f));
        });
        node.GiveSummed(1, () =>
        {
            var positive = x.Greater(Emit.Scalar(x, 0.0));
            var log = positive.Where(x, Emit.Scalar(x, 1.0)).Log();
            return (node.Gradient * node.Output() * log).Cast(node.Input(1).Type);
        });
    }

    public static void Sum(NodeGradient node)
    {
        for (var i = 0; i < node.InputCount; i++) node.GiveSummed(i, () => node.Gradient);
    }

    public static void Mean(NodeGradient node)
    {
        for (var i = 0; i < node.InputCount; i++) node.GiveSummed(i, () => node.Gradient * (1f / node.InputCount));
    }

    /// <summary>Max and Min: to the operand that was taken; equal ones share.</summary>
    public static void Extreme(NodeGradient node)
    {
        var (y, d) = (node.Output(), node.Gradient);
        var taken = Enumerable.Range(0, node.InputCount).Select(i => node.Input(i).Equal(y).Cast(d.Type)).ToList();
        var shared = taken.Count == 1 ? d : d / taken.Aggregate((a, b) => a + b);
        for (var i = 0; i < node.InputCount; i++)
        {
            var mask = taken[i];
            node.GiveSummed(i, () => shared * mask);
        }
    }

    /// <summary>At a bound the gradient is the input's, as PyTorch has it.</summary>
    public static void Clip(NodeGradient node)
    {
        var (x, min, max) = (node.Input(), node.Optional(1), node.Optional(2));
        var below = min is null ? null : x.Less(min);
        var above = max is null ? null : x.Greater(max);
        node.Give(0, () => (below, above) switch
        {
            (null, null) => node.Gradient,
            ({ } low, { } high) => node.Gradient * low.Or(high).Not().Cast(x.Type),
            var (low, high) => node.Gradient * (low ?? high)!.Not().Cast(x.Type),
        });
        node.GiveSummed(1, () => node.Gradient * below!.Cast(x.Type));
        node.GiveSummed(2, () => node.Gradient * above!.Cast(x.Type));
    }

    public static void Where(NodeGradient node)
    {
        node.GiveSummed(1, () => node.Input(0).Where(node.Gradient, Emit.Scalar(node.Gradient, 0.0)));
        node.GiveSummed(2, () => node.Input(0).Where(Emit.Scalar(node.Gradient, 0.0), node.Gradient));
    }
}
