namespace ModelTraining;

/// <summary>The share of bytes that are read, as they are stored, told when it has grown by a hundredth.</summary>
internal sealed class ReadingProgress(IProgress<double>? target, IReadOnlyList<CsvInput> inputs)
{
    private readonly long? _total = inputs.Any(input => input.Length is null) ? null : inputs.Sum(input => input.Length);
    private long _before;
    private double _told;

    public void Report(long bytes)
    {
        if (target is null || _total is not > 0) return;
        var share = Math.Min(1, (_before + bytes) / (double)_total);
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
