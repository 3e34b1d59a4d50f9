namespace ModelTraining.Onnx;

/// <summary>A constant of a graph: typed elements with a shape, in row-major order. Immutable.</summary>
public sealed class Tensor
{
    private readonly long[] _shape;
    private readonly Array _elements;

    private Tensor(ElementType type, long[] shape, Array elements)
    {
        var count = 1L;
        foreach (var dimension in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(dimension, nameof(shape));
            count = checked(count * dimension);
        }

        if (count != elements.Length) throw new ArgumentException($"Shape [{string.Join(", ", shape)}] holds {count} elements, not {elements.Length}.", nameof(shape));
        (Type, _shape, _elements, Count) = (type, shape, elements, elements.Length);
    }

    private Tensor(ElementType type, long[] shape, Array elements, int count) => (Type, _shape, _elements, Count) = (type, shape, elements, count);

    /// <summary>The type of the elements.</summary>
    public ElementType Type { get; }

    /// <summary>The shape; empty for a scalar.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>The number of elements.</summary>
    public int Count { get; }

    /// <summary>The elements.</summary>
    /// <typeparam name="T">
    /// The .NET type of <see cref="Type"/>; <see cref="Half"/> for Float16, <see cref="ushort"/> for BFloat16, <see cref="byte"/> for the bytes of a
    /// type that .NET lacks (complex numbers, 8- and 4-bit floating point, 4-bit integers).
    /// </typeparam>
    /// <exception cref="InvalidCastException">The elements are of another type.</exception>
    public ReadOnlySpan<T> Elements<T>() => _elements is T[] elements && typeof(T[]) == _elements.GetType()
        ? elements
        : throw new InvalidCastException($"The elements of a tensor of {Type} are not {typeof(T).Name}.");

    /// <summary>The array behind <see cref="Elements"/>, for writers of files.</summary>
    internal Array Array => _elements;

    /// <summary>A tensor of any type, for readers of files: <paramref name="elements"/> is checked to fit <paramref name="shape"/> by them.</summary>
    internal static Tensor Read(ElementType type, long[] shape, Array elements, int count) => new(type, shape, elements, count);

    /// <summary>32-bit floating-point elements. The array is kept, not copied.</summary>
    public static Tensor Of(float[] elements, params long[] shape) => new(ElementType.Float, shape, elements);

    /// <summary>64-bit integer elements. The array is kept, not copied.</summary>
    public static Tensor Of(long[] elements, params long[] shape) => new(ElementType.Int64, shape, elements);

    /// <summary>32-bit integer elements. The array is kept, not copied.</summary>
    public static Tensor Of(int[] elements, params long[] shape) => new(ElementType.Int32, shape, elements);

    /// <summary>64-bit floating-point elements. The array is kept, not copied.</summary>
    public static Tensor Of(double[] elements, params long[] shape) => new(ElementType.Double, shape, elements);

    /// <summary>16-bit floating-point elements. The array is kept, not copied.</summary>
    public static Tensor Of(Half[] elements, params long[] shape) => new(ElementType.Float16, shape, elements);

    /// <summary>Unsigned 8-bit integer elements. The array is kept, not copied.</summary>
    public static Tensor Of(byte[] elements, params long[] shape) => new(ElementType.UInt8, shape, elements);

    /// <summary>Booleans. The array is kept, not copied.</summary>
    public static Tensor Of(bool[] elements, params long[] shape) => new(ElementType.Bool, shape, elements);

    /// <summary>Text. The array is kept, not copied.</summary>
    public static Tensor Of(string[] elements, params long[] shape) => new(ElementType.String, shape, elements);
}
