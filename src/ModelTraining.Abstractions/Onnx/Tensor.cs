namespace ModelTraining.Onnx;

/// <summary>A constant of a graph: typed elements with a shape, in row-major order. Immutable.</summary>
public sealed class Tensor
{
    private readonly long[] _shape;
    private readonly Array _elements;

    private Tensor(ElementType type, long[] shape, Array elements)
    {
        var count = 1L;
        foreach (var dimension in shape) count = checked(count * dimension);
        if (count != elements.Length) throw new ArgumentException($"Shape [{string.Join(", ", shape)}] holds {count} elements, not {elements.Length}.", nameof(shape));
        (Type, _shape, _elements) = (type, shape, elements);
    }

    /// <summary>The type of the elements.</summary>
    public ElementType Type { get; }

    /// <summary>The shape; empty for a scalar.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>The number of elements.</summary>
    public int Count => _elements.Length;

    /// <summary>The elements.</summary>
    /// <typeparam name="T">The .NET type of <see cref="Type"/>; <see cref="ushort"/> for BFloat16.</typeparam>
    public ReadOnlySpan<T> Elements<T>() => (T[])_elements;

    /// <summary>32-bit floating-point elements. The array is kept, not copied.</summary>
    public static Tensor Of(float[] elements, params long[] shape) => new(ElementType.Float, shape, elements);

    /// <summary>64-bit integer elements. The array is kept, not copied.</summary>
    public static Tensor Of(long[] elements, params long[] shape) => new(ElementType.Int64, shape, elements);

    /// <summary>32-bit integer elements. The array is kept, not copied.</summary>
    public static Tensor Of(int[] elements, params long[] shape) => new(ElementType.Int32, shape, elements);

    /// <summary>64-bit floating-point elements. The array is kept, not copied.</summary>
    public static Tensor Of(double[] elements, params long[] shape) => new(ElementType.Double, shape, elements);

    /// <summary>Booleans. The array is kept, not copied.</summary>
    public static Tensor Of(bool[] elements, params long[] shape) => new(ElementType.Bool, shape, elements);

    /// <summary>Text. The array is kept, not copied.</summary>
    public static Tensor Of(string[] elements, params long[] shape) => new(ElementType.String, shape, elements);
}
