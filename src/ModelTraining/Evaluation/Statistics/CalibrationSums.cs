namespace ModelTraining;

/// <summary>
/// By tenths of the predicted probability, how often it came true: of two classes the positive one's probability, of more the predicted class's ("On Calibration of
/// Modern Neural Networks", Guo et al., 2017).
/// </summary>
internal sealed class CalibrationSums : IStatistic<CalibrationSums>
{
    private const int BinCount = 10;

    private readonly bool _binary;
    private readonly Bin[] _bins = new Bin[BinCount];
    private bool _withoutNumber;
    private (int Bin, float Probability, float Hit)[] _prepared = []; // in the bin after the last, what is no number

    private CalibrationSums(bool binary) => _binary = binary;

    public static CalibrationSums Start(int classCount) => new(classCount == 2);

    public void Update(PredictionBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var weight = batch.Weight(row);
            if (weight == 0) continue;
            var (position, probability, hit) = Place(batch, row);
            if (position < 0)
            {
                _withoutNumber = true;
                continue;
            }

            ref var bin = ref _bins[position];
            bin.Weights.Add(weight);
            bin.Squares.AddProduct(weight, weight);
            bin.Probabilities.AddProduct(weight, probability);
            if (hit) bin.Hits.Add(weight);
        }
    }

    public void Prepare(PredictionBatch rows)
    {
        _prepared = new (int, float, float)[rows.Count];
        for (var row = 0; row < _prepared.Length; row++)
        {
            var (bin, probability, hit) = Place(rows, row);
            _prepared[row] = bin < 0 ? (BinCount, 0, 0) : (bin, (float)probability, hit ? 1 : 0);
        }
    }

    public void Weigh(ReadOnlySpan<float> weights)
    {
        Span<double> sums = stackalloc double[4 * (BinCount + 1)];
        sums.Clear();
        for (var row = 0; row < weights.Length; row++)
        {
            // No test for rows of weight 0: a third of a resample are, which no processor foresees.
            double weight = weights[row];
            var (bin, probability, hit) = _prepared[row];
            sums[4 * bin] += weight;
            sums[4 * bin + 1] += weight * weight;
            sums[4 * bin + 2] += weight * probability;
            sums[4 * bin + 3] += weight * hit;
        }

        _withoutNumber = sums[4 * BinCount] > 0;
        for (var i = 0; i < BinCount; i++)
        {
            _bins[i] = new Bin { Weights = new(sums[4 * i]), Squares = new(sums[4 * i + 1]), Probabilities = new(sums[4 * i + 2]), Hits = new(sums[4 * i + 3]) };
        }
    }

    /// <summary>How far probabilities are from what came true, on average by weight; NaN where one is no number, or nothing counts.</summary>
    public double ExpectedError
    {
        get
        {
            if (_withoutNumber) return double.NaN;
            double error = 0, total = 0;
            foreach (var bin in _bins)
            {
                error += Math.Abs(bin.Probabilities.Value - bin.Hits.Value);
                total += bin.Weights.Value;
            }

            return error / total;
        }
    }

    /// <summary>The tenths that have rows, from the least probability to the greatest.</summary>
    public IReadOnlyList<CalibrationBin> Bins() => [.. _bins.Where(bin => bin.Weights.Value > 0).Select(bin =>
    {
        var weight = bin.Weights.Value;
        return new CalibrationBin(bin.Probabilities.Value / weight, bin.Hits.Value / weight, weight, weight * weight / bin.Squares.Value);
    })];

    /// <summary>Which tenth a row is in, −1 when its probability is no number; and whether what it is of came true.</summary>
    private (int Bin, double Probability, bool Hit) Place(PredictionBatch batch, int row)
    {
        var predicted = _binary ? 1 : batch.PredictedClass(row);
        double probability = batch.Row(row)[predicted];
        var bin = double.IsFinite(probability) ? Math.Clamp((int)(probability * BinCount), 0, BinCount - 1) : -1;
        return (bin, probability, (int)batch.Targets[row] == predicted);
    }

    private struct Bin
    {
        public CompensatedSum Weights;
        public CompensatedSum Squares;
        public CompensatedSum Probabilities;
        public CompensatedSum Hits;
    }
}
