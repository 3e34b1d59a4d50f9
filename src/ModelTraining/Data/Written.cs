namespace ModelTraining;

/// <summary>What a value looks like as it is written. Digits can mean several things; which, the whole column decides.</summary>
internal enum Written
{
    /// <summary>Nothing else: text.</summary>
    Text,

    /// <summary>A whole number that a 64-bit integer holds, written as numbers are.</summary>
    Integer,

    /// <summary>Digits that no number is written with: leading zeros (02208), or too many. A code.</summary>
    Code,

    /// <summary>A number with decimal point or exponent.</summary>
    Point,

    /// <summary>1.234: with a decimal point, or with grouped thousands.</summary>
    PointOrThousands,

    /// <summary>A number with decimal comma.</summary>
    Comma,

    /// <summary>1,234: with a decimal comma, or with grouped thousands.</summary>
    CommaOrThousands,

    /// <summary>Infinity in any spelling.</summary>
    Infinite,
}
