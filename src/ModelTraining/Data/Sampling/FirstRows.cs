using System.Globalization;

namespace ModelTraining;

/// <summary>Takes the first rows, after which reading can end.</summary>
internal sealed class FirstRows(int rows) : RowSampler
{
    public override bool IsFull => Seen >= rows;

    public override long MostRows => rows;

    public override string? Says(int read) => read < rows ? null : string.Create(CultureInfo.InvariantCulture, $"the first {read:N0} rows are taken, those after them are not read");

    protected override bool Draw() => Seen <= rows;
}
