using System.Numerics;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Collections;
using ModelTraining.Onnx.Protobuf;

namespace ModelTraining.Onnx;

/// <summary>Reads the tensors of a file. No memory is taken for elements before it is known that the file has them.</summary>
/// <param name="folder">Where weights in other files are; null when there can be none.</param>
internal sealed class TensorReader(string? folder)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ModelTrainingException">MT4201: the elements do not fit the shape. MT4202: the type is not known. MT4203: the weights are in another file that can't be used.</exception>
    public Tensor Read(TensorProto proto)
    {
        var type = (ElementType)proto.DataType;
        if (type != ElementType.String && ElementTypes.Bits(type) == 0) throw new ModelTrainingException("MT4202", $"Tensor '{proto.Name}' has the element type {proto.DataType}, which is not known.");
        if (proto.Segment is not null) throw Malformed(proto, "is a part of a larger one, which is not supported");
        var shape = proto.Dims.ToArray();
        var count = Count(proto, shape);
        var elements = type == ElementType.String ? ReadText(proto, count) : ReadNumbers(proto, type, count);
        if (elements is bool[] booleans) Normalize(booleans);

        // The message outlives this call; what has been copied out of it need not.
        proto.ClearRawData();
        return Tensor.Read(type, shape, elements, count);
    }

    /// <summary>Text of a file, or null when the bytes are none.</summary>
    public static string? Text(ByteString bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static int Count(TensorProto proto, long[] shape)
    {
        if (shape.Any(size => size < 0)) throw Malformed(proto, "has a negative size");
        if (shape.Contains(0)) return 0;
        var count = 1L;
        foreach (var size in shape)
        {
            if (size > Array.MaxLength / count) throw Malformed(proto, $"would hold more than {Array.MaxLength} elements");
            count *= size;
        }

        return (int)count;
    }

    private static string[] ReadText(TensorProto proto, int count)
    {
        if (proto.StringData.Count != count) throw Malformed(proto, $"holds {proto.StringData.Count} texts");
        var elements = new string[count];
        for (var i = 0; i < count; i++) elements[i] = Text(proto.StringData[i]) ?? throw Malformed(proto, $"has a text at position {i} that is not UTF-8");
        return elements;
    }

    private Array ReadNumbers(TensorProto proto, ElementType type, int count)
    {
        var bytes = ElementTypes.ByteCount(type, count);
        if (bytes > Array.MaxLength) throw Malformed(proto, $"would take {bytes} bytes");
        if (proto.DataLocation == TensorProto.Types.DataLocation.External)
        {
            return ExternalData.Read(proto, folder, (int)bytes, () => ElementTypes.CreateArray(type, count));
        }

        if (!proto.HasRawData) return ReadFields(proto, type, count);
        if (proto.RawData.Length != bytes) throw Malformed(proto, $"holds {proto.RawData.Length} bytes, not {bytes}");
        var elements = ElementTypes.CreateArray(type, count);
        proto.RawData.Span.CopyTo(ArrayBytes.Span(elements, (int)bytes));
        return elements;
    }

    private static Array ReadFields(TensorProto proto, ElementType type, int count) => type switch
    {
        ElementType.Float => Copy(proto, proto.FloatData, count),
        ElementType.Double => Copy(proto, proto.DoubleData, count),
        ElementType.Int64 => Copy(proto, proto.Int64Data, count),
        ElementType.UInt64 => Copy(proto, proto.Uint64Data, count),
        ElementType.UInt32 => Narrow<ulong, uint>(proto, proto.Uint64Data, count),
        ElementType.Int32 => Copy(proto, proto.Int32Data, count),
        ElementType.Int16 => Narrow<int, short>(proto, proto.Int32Data, count),
        ElementType.Int8 => Narrow<int, sbyte>(proto, proto.Int32Data, count),
        ElementType.UInt16 or ElementType.BFloat16 => Narrow<int, ushort>(proto, proto.Int32Data, count),
        ElementType.Float16 => Array.ConvertAll(Narrow<int, ushort>(proto, proto.Int32Data, count), BitConverter.UInt16BitsToHalf),
        ElementType.Bool => Array.ConvertAll(Narrow<int, byte>(proto, proto.Int32Data, count), element => element != 0),
        ElementType.Complex64 => Bytes(Copy(proto, proto.FloatData, checked(2 * count)), sizeof(float)),
        ElementType.Complex128 => Bytes(Copy(proto, proto.DoubleData, checked(2 * count)), sizeof(double)),
        _ => Narrow<int, byte>(proto, proto.Int32Data, (int)ElementTypes.ByteCount(type, count)),
    };

    private static T[] Copy<T>(TensorProto proto, RepeatedField<T> field, int count)
    {
        if (field.Count != count) throw Malformed(proto, $"holds {field.Count} elements");
        var elements = new T[count];
        field.CopyTo(elements, 0);
        field.Clear();
        return elements;
    }

    private static TTo[] Narrow<TFrom, TTo>(TensorProto proto, RepeatedField<TFrom> field, int count)
        where TFrom : INumberBase<TFrom> where TTo : INumberBase<TTo>
    {
        var wide = Copy(proto, field, count);
        var elements = new TTo[count];
        for (var i = 0; i < count; i++)
        {
            elements[i] = TTo.CreateTruncating(wide[i]);
            if (TFrom.CreateTruncating(elements[i]) != wide[i]) throw Malformed(proto, $"has the element {wide[i]} at position {i}, which its type does not hold");
        }

        return elements;
    }

    private static byte[] Bytes(Array elements, int size) => ArrayBytes.Span(elements, checked(elements.Length * size)).ToArray();

    /// <summary>A byte other than 0 and 1 is no boolean to .NET: it would be true and not equal to true.</summary>
    private static void Normalize(bool[] booleans)
    {
        foreach (ref var element in ArrayBytes.Span(booleans, booleans.Length)) element = element == 0 ? (byte)0 : (byte)1;
    }

    private static ModelTrainingException Malformed(TensorProto proto, string what) =>
        new("MT4201", $"Tensor '{proto.Name}' of shape [{string.Join(", ", proto.Dims.Take(16))}{(proto.Dims.Count > 16 ? ", …" : "")}] {what}. The file is damaged: copy or export it anew.");
}
