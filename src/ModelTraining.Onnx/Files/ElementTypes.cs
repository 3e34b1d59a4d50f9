namespace ModelTraining.Onnx;

/// <summary>How the elements of a tensor lie in memory and in a file.</summary>
internal static class ElementTypes
{
    /// <summary>The bits of one element; 0 where there is no fixed number.</summary>
    public static int Bits(ElementType type) => type switch
    {
        ElementType.UInt4 or ElementType.Int4 or ElementType.Float4E2M1 => 4,
        ElementType.UInt8 or ElementType.Int8 or ElementType.Bool => 8,
        ElementType.Float8E4M3FN or ElementType.Float8E4M3FNUZ or ElementType.Float8E5M2 or ElementType.Float8E5M2FNUZ => 8,
        ElementType.UInt16 or ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 16,
        ElementType.Float or ElementType.Int32 or ElementType.UInt32 => 32,
        ElementType.Double or ElementType.Int64 or ElementType.UInt64 or ElementType.Complex64 => 64,
        ElementType.Complex128 => 128,
        _ => 0,
    };

    /// <summary>The bytes of <paramref name="count"/> elements.</summary>
    public static long ByteCount(ElementType type, long count) => checked(count * Bits(type) + 7) / 8;

    /// <summary>An array for <paramref name="count"/> elements: of the .NET type, or of bytes where there is none.</summary>
    public static Array CreateArray(ElementType type, int count) => type switch
    {
        ElementType.Float => new float[count],
        ElementType.Double => new double[count],
        ElementType.Int8 => new sbyte[count],
        ElementType.Int16 => new short[count],
        ElementType.Int32 => new int[count],
        ElementType.Int64 => new long[count],
        ElementType.UInt16 or ElementType.BFloat16 => new ushort[count],
        ElementType.UInt32 => new uint[count],
        ElementType.UInt64 => new ulong[count],
        ElementType.Float16 => new Half[count],
        ElementType.Bool => new bool[count],
        ElementType.String => new string[count],
        _ => new byte[ByteCount(type, count)],
    };
}
