using ModelTraining.Onnx;

namespace ModelTraining.Tests.Gradients;

/// <summary>One operator, one set of attributes and shapes: a row of the table that gradients are checked by.</summary>
/// <param name="Name">The operator, then what is special.</param>
/// <param name="Shapes">The shapes of the inputs that gradients are asked for.</param>
/// <param name="Build">The operator on these inputs.</param>
internal sealed record GradientCase(string Name, long[][] Shapes, Func<Value[], Value> Build)
{
    /// <summary>The operator.</summary>
    public string OpType => Name.Split(' ')[0].TrimEnd(',');

    /// <summary>The oldest operator set that it is checked with.</summary>
    public int Since { get; init; } = 11;

    /// <summary>The newest operator set that it is checked with.</summary>
    public int Until { get; init; } = 21;

    /// <summary>Between which numbers the inputs are drawn.</summary>
    public (double Low, double High) Range { get; init; } = (-2, 2);

    /// <summary>The inputs, where they must not be drawn.</summary>
    public double[][]? Inputs { get; init; }

    /// <summary>The operator in double, where ONNX Runtime has it in float only.</summary>
    public Func<double[][], double[]>? Reference { get; init; }

    /// <summary>Whether it can be differentiated when no size is known before the graph runs.</summary>
    public bool Dynamic { get; init; } = true;

    /// <summary>Whether the sizes of the inputs but the first are known in any case, as those of weights are.</summary>
    public bool Weights { get; init; }

    /// <summary>The dimensions of the first input whose sizes are known in any case.</summary>
    public int[] KnownAxes { get; init; } = [];

    /// <summary>Whether the operator is linear: then ONNX Runtime's own results for single elements, in float, are its derivatives.</summary>
    public bool Linear { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
