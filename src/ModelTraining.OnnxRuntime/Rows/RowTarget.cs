namespace ModelTraining;

/// <summary>A row of a batch that takes values.</summary>
/// <param name="Batch">The batch.</param>
/// <param name="Row">The row in the batch.</param>
/// <param name="Position">The row's place among all that are predicted, for messages; −1 for a row alone.</param>
internal readonly record struct RowTarget(BoundBatch Batch, int Row, int Position)
{
    /// <summary>The row's place with a blank before; empty for a row alone.</summary>
    public string Place => At(Position);

    /// <summary>The place of a row among all that are predicted.</summary>
    public static string At(int position) => position < 0 ? "" : FormattableString.Invariant($" in row {position} (counted from 0)");
}
