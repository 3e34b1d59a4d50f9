namespace ModelTraining;

/// <summary>Name, type and role of a column, and how its values are written as text.</summary>
/// <param name="Name">The name, unique in its table.</param>
/// <param name="Type">The type of the values.</param>
/// <param name="Role">What the column is for.</param>
public sealed record ColumnInfo(string Name, ColumnType Type, ColumnRole Role = ColumnRole.Feature)
{
    /// <summary>How numbers and dates of this column are written where they come as text: in its source, and in rows that are to be predicted.</summary>
    public TextFormat Format { get; init; } = TextFormat.Invariant;
}
