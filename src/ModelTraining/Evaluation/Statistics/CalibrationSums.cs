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

    private CalibrationSums(bool binary) => _binary = binary;

    public static CalibrationSums Start(int classCount) => new(classCount == 2);

    public void Update(PredictionBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var predicted = _binary ? 1 : batch.PredictedClass(row);
            double probability = batch.Row(row)[predicted];
            var weight = batch.Weight(row);
            if (weight == 0 || !double.IsFinite(probability)) continue;
            ref var bin = ref _bins[Math.Clamp((int)(probability * BinCount), 0, BinCount - 1)];
            bin.Weights.Add(weight);
            bin.Squares.AddProduct(weight, weight);
            bin.Probabilities.AddProduct(weight, probability);
            if ((int)batch.Targets[row] == predicted) bin.Hits.Add(weight);
        }
    }

    /// <summary>The tenths that have rows, from the least probability to the greatest.</summary>
    public IReadOnlyList<CalibrationBin> Bins() => [.. _bins.Where(bin => bin.Weights.Value > 0).Select(bin =>
    {
        var weight = bin.Weights.Value;
        return new CalibrationBin(bin.Probabilities.Value / weight, bin.Hits.Value / weight, weight, weight * weight / bin.Squares.Value);
    })];

    private struct Bin
    {
        public CompensatedSum Weights;
        public CompensatedSum Squares;
        public CompensatedSum Probabilities;
        public CompensatedSum Hits;
    }
}
