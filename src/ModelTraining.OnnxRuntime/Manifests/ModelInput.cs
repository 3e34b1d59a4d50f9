namespace ModelTraining;

/// <summary>A column that a model takes.</summary>
/// <param name="Name">The name: the column's, and the graph's input's.</param>
/// <param name="Type">What its values are.</param>
public sealed record ModelInput(string Name, ColumnType Type)
{
    /// <summary>How its numbers and dates are written where they come as text. Default: decimal point, dates year first.</summary>
    public TextFormat Format { get; init; } = TextFormat.Invariant;

    /// <summary>The shape of one row's tensor, for example [3, 32, 32]; empty, the default, where a row has one value.</summary>
    public IReadOnlyList<int> Shape { get; init; } = [];

    /// <summary>The elements of a row.</summary>
    internal int Size => Shape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>
    /// Whether a function of the program that trained the model computed it (<c>Feature.Of</c>): no file holds that, so whoever asks for a prediction computes it in the same way.
    /// Default false.
    /// </summary>
    public bool IsComputed { get; init; }

    /// <inheritdoc/>
    public bool Equals(ModelInput? other) =>
        other is not null && (Name, Type, IsComputed) == (other.Name, other.Type, other.IsComputed) && Format == other.Format && Shape.SequenceEqual(other.Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Type, IsComputed, Shape.Count);
}
