namespace ModelTraining;

/// <summary>The mean of a figure that each row has by itself, by weight.</summary>
internal sealed class RowMean(RowFigure figure) : IStatistic
{
    private CompensatedSum _sum;
    private CompensatedSum _weights;
    private double[] _figures = [];
    private bool _allFinite;

    public double Value => _sum.Value / _weights.Value;

    public void Update(PredictionBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var weight = batch.Weight(row);
            if (weight == 0) continue;
            _sum.AddProduct(weight, figure(batch, row));
            _weights.Add(weight);
        }
    }

    public void Prepare(PredictionBatch rows)
    {
        _figures = new double[rows.Count];
        for (var row = 0; row < _figures.Length; row++) _figures[row] = figure(rows, row);
        _allFinite = Array.TrueForAll(_figures, double.IsFinite);
    }

    public void Weigh(ReadOnlySpan<float> weights)
    {
        double sum = 0, total = 0;
        for (var row = 0; row < weights.Length; row++)
        {
            if (!_allFinite && weights[row] == 0) continue; // 0 times what is no number is none
            sum += weights[row] * _figures[row];
            total += weights[row];
        }

        (_sum, _weights) = (new CompensatedSum(sum), new CompensatedSum(total));
    }
}

/// <summary>What a row has by itself, such as its loss.</summary>
internal delegate double RowFigure(PredictionBatch batch, int row);
