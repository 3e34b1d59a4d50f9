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
    private (int Bin, double Probability, bool Hit)[] _prepared = [];

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
        _prepared = new (int, double, bool)[rows.Count];
        for (var row = 0; row < _prepared.Length; row++) _prepared[row] = Place(rows, row);
    }

    public void Weigh(ReadOnlySpan<float> weights)
    {
        Span<double> sums = stackalloc double[4 * BinCount];
        sums.Clear();
        _withoutNumber = false;
        for (var row = 0; row < weights.Length; row++)
        {
            double weight = weights[row];
            if (weight == 0) continue;
            var (position, probability, hit) = _prepared[row];
            if (position < 0)
            {
                _withoutNumber = true;
                continue;
            }

            sums[4 * position] += weight;
            sums[4 * position + 1] += weight * weight;
            sums[4 * position + 2] += weight * probability;
            if (hit) sums[4 * position + 3] += weight;
        }

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
