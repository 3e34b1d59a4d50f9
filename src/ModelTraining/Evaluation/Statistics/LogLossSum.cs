namespace ModelTraining;

/// <summary>The sum of the rows' log losses, by weight.</summary>
internal sealed class LogLossSum : IStatistic<LogLossSum>
{
    /// <summary>
    /// The least probability, 2⁻²³: the distance from 1 to the next float. scikit-learn 1.2.1 and later clip single-precision probabilities to
    /// [2⁻²³, 1 − 2⁻²³], and so do we; 1.2.1 then divides by the clipped row's sum.
    /// </summary>
    private const double Least = 1.0 / (1 << 23);

    private CompensatedSum _losses;
    private CompensatedSum _weights;

    public static LogLossSum Start(int classCount) => new();

    public double Mean => _losses.Value / _weights.Value;

    public void Update(PredictionBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            var weight = batch.Weight(row);
            if (weight == 0) continue;
            var probabilities = batch.Row(row);
            var sum = 0.0;
            foreach (var probability in probabilities) sum += Clip(probability);
            _losses.AddProduct(weight, -Math.Log(Clip(probabilities[(int)batch.Targets[row]]) / sum));
            _weights.Add(weight);
        }
    }

    private static double Clip(double probability) => Math.Clamp(probability, Least, 1 - Least);
}
