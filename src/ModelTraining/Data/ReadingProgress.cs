namespace ModelTraining;

/// <summary>The share of bytes that are read, as they are stored, told when it has grown by a hundredth.</summary>
internal sealed class ReadingProgress(IProgress<double>? target, IReadOnlyList<CsvInput> inputs)
{
    private readonly long? _total = inputs.Any(input => input.Length is null) ? null : inputs.Sum(input => input.Length);
    private long _before;
    private double _told;

    /// <summary>The share that is read when <paramref name="bytes"/> of the present input are; null when not known.</summary>
    public double? Share(long bytes) => _total is > 0 ? Math.Min(1, (_before + bytes) / (double)_total) : null;

    public void Report(long bytes)
    {
        if (target is null || Share(bytes) is not { } share) return;
        if (share < _told + 0.01) return;
        _told = share;
        target.Report(share);
    }

    public void Next(CsvInput input)
    {
        _before += input.Length ?? 0;
        Report(0);
    }
}
