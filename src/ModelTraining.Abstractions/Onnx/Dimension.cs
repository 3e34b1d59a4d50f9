namespace ModelTraining.Onnx;

/// <summary>One dimension of a shape: a size, a name for a size that is known only when the graph runs, or unknown.</summary>
/// <param name="Size">The size; −1 when it is not known.</param>
/// <param name="Name">The name of a size that is not known, for example batch; dimensions of the same name are equal.</param>
public readonly record struct Dimension(long Size, string? Name = null)
{
    /// <summary>The number of rows of a batch, known only when the graph runs.</summary>
    public static Dimension Batch { get; } = new(-1, "batch");

    /// <summary>Whether the size is known.</summary>
    public bool IsKnown => Size >= 0;

    /// <summary>A known size.</summary>
    public static implicit operator Dimension(long size) => FromInt64(size);

    /// <summary>A known size.</summary>
    public static Dimension FromInt64(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return new Dimension(size);
    }

    /// <inheritdoc/>
    public override string ToString() => IsKnown ? Size.ToString(System.Globalization.CultureInfo.InvariantCulture) : Name ?? "?";
}
