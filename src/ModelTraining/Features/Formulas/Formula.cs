using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>A number computed from others of its row, in managed code and as nodes of a graph, to the same bits. Immutable.</summary>
/// <param name="Name">The name of the column that it becomes.</param>
/// <param name="Inputs">The columns of numbers that it takes.</param>
internal abstract record Formula(string Name, IReadOnlyList<string> Inputs)
{
    /// <summary>Whether the result is never infinite. Otherwise an infinite one counts as missing.</summary>
    public virtual bool IsBounded => false;

    /// <summary>What was learned, for the report.</summary>
    public virtual string Learned => "";

    /// <summary>The result for a row, NaN where missing.</summary>
    public abstract float Of(ReadOnlySpan<float> inputs);

    /// <summary>The result for all rows of a graph.</summary>
    public abstract Value Emit(IReadOnlyList<Value> inputs);

    public sealed override string ToString() => Learned.Length == 0 ? Name : $"{Name} ({Learned})";
}
