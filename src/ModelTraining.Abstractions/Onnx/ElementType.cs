namespace ModelTraining.Onnx;

/// <summary>The type of a tensor's elements, numbered as in the ONNX specification (TensorProto.DataType).</summary>
public enum ElementType
{
    /// <summary>Not known.</summary>
    Undefined = 0,

    /// <summary>32-bit floating point.</summary>
    Float = 1,

    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8 = 2,

    /// <summary>Signed 8-bit integer.</summary>
    Int8 = 3,

    /// <summary>Unsigned 16-bit integer.</summary>
    UInt16 = 4,

    /// <summary>Signed 16-bit integer.</summary>
    Int16 = 5,

    /// <summary>Signed 32-bit integer.</summary>
    Int32 = 6,

    /// <summary>Signed 64-bit integer.</summary>
    Int64 = 7,

    /// <summary>Text in UTF-8.</summary>
    String = 8,

    /// <summary>True or false, one byte.</summary>
    Bool = 9,

    /// <summary>16-bit floating point (IEEE 754).</summary>
    Float16 = 10,

    /// <summary>64-bit floating point.</summary>
    Double = 11,

    /// <summary>Unsigned 32-bit integer.</summary>
    UInt32 = 12,

    /// <summary>Unsigned 64-bit integer.</summary>
    UInt64 = 13,

    /// <summary>16-bit floating point with 8 bits of exponent.</summary>
    BFloat16 = 16,
}
