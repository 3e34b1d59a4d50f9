namespace ModelTraining.Tests.Pipelines;

/// <summary>A transform that keeps which rows it was fitted on, each time.</summary>
internal sealed class CountingTransform : ITransform
{
    private readonly HalveTransform _inner = new("spent");
    private readonly List<int[]> _fits = [];

    public int Fits => _fits.Count;

    public IReadOnlyList<int[]> Rows => _fits;

    public string Name => "Count";

    public IFittedTransform Fit(TableView training, FitContext context)
    {
        lock (_fits) _fits.Add(training.Rows.ToArray());
        return _inner.Fit(training, context);
    }
}
