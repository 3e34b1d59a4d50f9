namespace ModelTraining;

/// <summary>What a value of a <see cref="Column"/> is.</summary>
public enum ColumnType
{
    /// <summary>A 32-bit floating-point number; a missing one is NaN. See <see cref="NumberColumn"/>.</summary>
    Number,

    /// <summary>A 64-bit integer. See <see cref="IntegerColumn"/>.</summary>
    Integer,

    /// <summary>True, false or missing. See <see cref="BooleanColumn"/>.</summary>
    Boolean,

    /// <summary>Text: a category, a key or a sentence. See <see cref="TextColumn"/>.</summary>
    Text,

    /// <summary>A date, or a date and a time of day. See <see cref="DateTimeColumn"/>.</summary>
    DateTime,

    /// <summary>A tensor of one shape for all rows. See <see cref="TensorColumn"/>.</summary>
    Tensor,
}
