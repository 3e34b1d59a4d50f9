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

    /// <summary>Two 32-bit floating-point numbers.</summary>
    Complex64 = 14,

    /// <summary>Two 64-bit floating-point numbers.</summary>
    Complex128 = 15,

    /// <summary>16-bit floating point with 8 bits of exponent.</summary>
    BFloat16 = 16,

    /// <summary>8-bit floating point with 4 bits of exponent, no infinity.</summary>
    Float8E4M3FN = 17,

    /// <summary>8-bit floating point with 4 bits of exponent, no infinity, no negative zero.</summary>
    Float8E4M3FNUZ = 18,

    /// <summary>8-bit floating point with 5 bits of exponent.</summary>
    Float8E5M2 = 19,

    /// <summary>8-bit floating point with 5 bits of exponent, no infinity, no negative zero.</summary>
    Float8E5M2FNUZ = 20,

    /// <summary>Unsigned 4-bit integer, two in a byte.</summary>
    UInt4 = 21,

    /// <summary>Signed 4-bit integer, two in a byte.</summary>
    Int4 = 22,

    /// <summary>4-bit floating point, two in a byte.</summary>
    Float4E2M1 = 23,
}
