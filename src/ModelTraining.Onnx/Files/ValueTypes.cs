using ModelTraining.Onnx.Protobuf;

namespace ModelTraining.Onnx;

/// <summary>The types of values, between their form in a file and that of a <see cref="Value"/>.</summary>
internal static class ValueTypes
{
    /// <summary>The element type and shape; undefined and null where nothing is known, or the value is no tensor.</summary>
    public static (ElementType Type, Dimension[]? Shape) Read(TypeProto? type)
    {
        if (type?.TensorType is not { } tensor) return (ElementType.Undefined, null);
        var element = (ElementType)tensor.ElemType;
        if (element != ElementType.String && ElementTypes.Bits(element) == 0) return (ElementType.Undefined, null);
        return (element, tensor.Shape is { } shape ? [.. shape.Dim.Select(Read)] : null);
    }

    /// <summary>What <paramref name="info"/> says beyond element type and shape, null when nothing.</summary>
    public static ValueInfoProto? Beyond(ValueInfoProto? info)
    {
        if (info is null) return null;
        var plain = info.DocString.Length == 0 && info.MetadataProps.Count == 0 && info.Type is null or { TensorType: not null, Denotation: "" };
        return plain && Read(info.Type).Type == (ElementType)(info.Type?.TensorType?.ElemType ?? 0) ? null : info;
    }

    /// <summary>The description of a value; its type is left out when nothing is known of it.</summary>
    public static ValueInfoProto Write(Value value)
    {
        var info = (value.Carried as ValueInfoProto)?.Clone() ?? new ValueInfoProto();
        info.Name = value.Name;
        if (value.Type == ElementType.Undefined) return info;
        info.Type ??= new TypeProto();
        info.Type.TensorType = new TypeProto.Types.Tensor { ElemType = (int)value.Type };
        if (value.Shape is null) return info;
        info.Type.TensorType.Shape = new TensorShapeProto { Dim = { value.Shape.Select(Write) } };
        return info;
    }

    private static Dimension Read(TensorShapeProto.Types.Dimension dimension) => dimension.ValueCase switch
    {
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue when dimension.DimValue >= 0 => new Dimension(dimension.DimValue),
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam when dimension.DimParam.Length > 0 => new Dimension(-1, dimension.DimParam),
        _ => new Dimension(-1),
    };

    private static TensorShapeProto.Types.Dimension Write(Dimension dimension)
    {
        var proto = new TensorShapeProto.Types.Dimension();
        if (dimension.IsKnown) proto.DimValue = dimension.Size;
        else if (dimension.Name is not null) proto.DimParam = dimension.Name;
        return proto;
    }
}
