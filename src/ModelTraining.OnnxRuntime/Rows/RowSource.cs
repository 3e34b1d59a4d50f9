namespace ModelTraining;

/// <summary>Many rows that are to be predicted.</summary>
internal abstract class RowSource
{
    /// <summary>The number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Whether <see cref="Fill"/> may be called from many threads.</summary>
    public abstract bool IsThreadSafe { get; }

    /// <summary>Gives the rows from <paramref name="start"/> on to <paramref name="batch"/>, all of it.</summary>
    public abstract void Fill(BoundBatch batch, int start);
}
