namespace ModelTraining;

/// <summary>What AutoML makes better where nobody says: the log loss of classes, the root of the mean squared error of numbers.</summary>
internal sealed class PlainLoss(LearningTask task) : IMetric
{
    private bool IsOfNumbers => task == LearningTask.Regression;

    public string Key => IsOfNumbers ? "rmse" : "log_loss";

    public string Name => IsOfNumbers ? "RootMeanSquaredError" : "LogLoss";

    public MetricDirection Direction => MetricDirection.LowerIsBetter;

    public bool Supports(LearningTask other) => (other == LearningTask.Regression) == IsOfNumbers;

    public IMetricState Start(int classCount) => new State(IsOfNumbers);

    private sealed class State(bool isOfNumbers) : IMetricState
    {
        private const double LeastProbability = 1.1920929e-7; // of a float, as scikit-learn clips
        private double _sum, _weight;

        public void Update(PredictionBatch batch)
        {
            for (var row = 0; row < batch.Count; row++)
            {
                var outputs = batch.Row(row);
                var weight = batch.Weight(row);
                _sum += weight * (isOfNumbers
                    ? Math.Pow(outputs[0] - (double)batch.Targets[row], 2)
                    : -Math.Log(Math.Clamp(outputs[(int)batch.Targets[row]], LeastProbability, 1 - LeastProbability)));
                _weight += weight;
            }
        }

        public double Compute() => isOfNumbers ? Math.Sqrt(_sum / _weight) : _sum / _weight;
    }
}
