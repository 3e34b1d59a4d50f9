using System.Globalization;

namespace ModelTraining;

/// <summary>Decides row by row, in the order of the source, which rows are read. For one reading; not thread-safe.</summary>
internal abstract class RowSampler
{
    /// <summary>The rows that were offered.</summary>
    public long Seen { get; private set; }

    /// <summary>Whether no row that follows is taken.</summary>
    public virtual bool IsFull => false;

    /// <summary>The most rows that are held at once, however many there are.</summary>
    public virtual long MostRows => long.MaxValue;

    /// <summary>Gives the class of each row that is held, equal numbers for equal labels. Set by the source; null where none of its columns is the label.</summary>
    public Func<int[]>? Classes { get; set; }

    /// <summary>Whether the next row is taken. To be called once a row, with the answer done at once.</summary>
    public bool Takes()
    {
        Seen++;
        return Draw();
    }

    /// <summary>Whether some of the rows that were taken are to be dropped again.</summary>
    /// <param name="atEnd">Whether no row follows. Before, there is room for more rows than are wanted in the end.</param>
    /// <param name="kept">The positions, among the rows that are held, of those that stay, in their order.</param>
    public virtual bool Drops(bool atEnd, out int[] kept)
    {
        kept = [];
        return false;
    }

    /// <summary>What the report says of it; null when all rows were taken.</summary>
    /// <param name="rows">How many rows the table has.</param>
    public abstract string? Says(int rows);

    /// <exception cref="ModelTrainingException">MT2120: there are rows, and none was taken.</exception>
    public void ThrowIfNone(int rows, string source)
    {
        if (rows == 0 && Seen > 0) throw new ModelTrainingException("MT2120", string.Create(CultureInfo.InvariantCulture, $"{source}: of {Seen:N0} rows none was drawn. Say a larger share in Sample, or a number of rows."));
    }

    protected abstract bool Draw();
}
