namespace ModelTraining;

/// <summary>
/// The SHAP values of weighted sums whose features are taken to be independent: coefficient × (value − mean of the training rows) (Štrumbelj and Kononenko,
/// Knowledge and Information Systems 41, 2014).
/// </summary>
internal sealed class LinearShap
{
    private const int RowsBetweenLooks = 4096;
    private readonly double[] _weights;
    private readonly double[] _means;

    /// <param name="weights">[outputs, features].</param>
    /// <param name="biases">[outputs].</param>
    /// <param name="means">[features].</param>
    public LinearShap(double[] weights, double[] biases, double[] means)
    {
        (_weights, _means) = (weights, means);
        BaseValues = [.. biases.Select((bias, output) => bias + means.Select((mean, feature) => weights[(output * means.Length) + feature] * mean).Sum())];
    }

    /// <summary>The sums of a row that has the mean everywhere.</summary>
    public IReadOnlyList<double> BaseValues { get; }

    /// <param name="features">The inputs.</param>
    /// <param name="rows">The rows to explain.</param>
    /// <param name="values">Takes [rows, outputs, features].</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public void Explain(FeatureSet features, ReadOnlySpan<int> rows, Span<float> values, CancellationToken cancellationToken)
    {
        for (var first = 0; first < rows.Length; first += RowsBetweenLooks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var taken = rows.Slice(first, Math.Min(RowsBetweenLooks, rows.Length - first));
            for (var feature = 0; feature < _means.Length; feature++)
            {
                var column = features.Column(feature);
                for (var i = 0; i < taken.Length; i++)
                {
                    var distance = column[taken[i]] - _means[feature];
                    for (var place = feature; place < _weights.Length; place += _means.Length) values[((first + i) * _weights.Length) + place] = (float)(_weights[place] * distance);
                }
            }
        }
    }
}
