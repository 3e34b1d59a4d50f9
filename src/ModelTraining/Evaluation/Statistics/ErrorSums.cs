namespace ModelTraining;

/// <summary>Sums over the errors and the true values of a regression, by weight.</summary>
internal sealed class ErrorSums : IStatistic<ErrorSums>
{
    private long _rows;
    private double _lowest = double.PositiveInfinity;
    private double _highest = double.NegativeInfinity;
    private CompensatedSum _weights;
    private CompensatedSum _absoluteErrors;
    private CompensatedSum _squaredErrors;
    private CompensatedSum _values;
    private CompensatedSum _squares;
    private double[] _preparedErrors = [];
    private double[] _preparedValues = [];

    public static ErrorSums Start(int classCount) => new();

    /// <summary>The number of rows that count.</summary>
    public long Rows => _rows;

    public double MeanAbsoluteError => _absoluteErrors.Value / _weights.Value;

    public double MeanSquaredError => _squaredErrors.Value / _weights.Value;

    public double SquaredErrors => _squaredErrors.Value;

    /// <summary>
    /// The squared distances of the true values from their mean. Σw(y − m)² = Σwy² − 2mΣwy + m²Σw holds for any m; the sums have the digits that the
    /// subtraction costs.
    /// </summary>
    public double SquaredDeviations
    {
        get
        {
            if (_lowest == _highest) return 0;
            var mean = _values.Value / _weights.Value;
            var sum = _squares;
            sum.Add(-2 * mean, _values);
            var square = mean * mean;
            sum.Add(square, _weights);
            sum.Add(Math.FusedMultiplyAdd(mean, mean, -square), _weights);
            return sum.Value;
        }
    }

    public void Update(PredictionBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var weight = batch.Weight(row);
            if (weight == 0) continue;
            double value = batch.Targets[row];
            var error = value - batch.Outputs[row];
            _rows++;
            _lowest = Math.Min(_lowest, value);
            _highest = Math.Max(_highest, value);
            _weights.Add(weight);
            _absoluteErrors.AddProduct(weight, Math.Abs(error));
            _squaredErrors.AddProduct(weight * error, error);
            _values.AddProduct(weight, value);
            _squares.AddProduct(weight * value, value); // weight and value have 24 bits each: their product is exact
        }
    }
    public void Prepare(PredictionBatch rows)
    {
        (_preparedErrors, _preparedValues) = (new double[rows.Count], new double[rows.Count]);
        for (var row = 0; row < rows.Count; row++)
        {
            // From the first value on: what the deviations from the mean are, a common shift does not change, and short sums keep their digits.
            _preparedValues[row] = (double)rows.Targets[row] - rows.Targets[0];
            _preparedErrors[row] = (double)rows.Targets[row] - rows.Outputs[row];
        }
    }

    public void Weigh(ReadOnlySpan<float> weights)
    {
        double total = 0, absolute = 0, squared = 0, values = 0, squares = 0;
        (_rows, _lowest, _highest) = (0, double.PositiveInfinity, double.NegativeInfinity);
        for (var row = 0; row < weights.Length; row++)
        {
            double weight = weights[row];
            if (weight == 0) continue;
            var (error, value) = (_preparedErrors[row], _preparedValues[row]);
            _rows++;
            _lowest = Math.Min(_lowest, value);
            _highest = Math.Max(_highest, value);
            total += weight;
            absolute += weight * Math.Abs(error);
            squared += weight * error * error;
            values += weight * value;
            squares += weight * value * value;
        }

        (_weights, _absoluteErrors, _squaredErrors) = (new CompensatedSum(total), new CompensatedSum(absolute), new CompensatedSum(squared));
        (_values, _squares) = (new CompensatedSum(values), new CompensatedSum(squares));
    }
}
