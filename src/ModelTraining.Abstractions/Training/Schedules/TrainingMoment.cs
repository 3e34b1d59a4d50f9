namespace ModelTraining;

/// <summary>Where a training is.</summary>
/// <param name="Step">The updates of the weights before this one.</param>
/// <param name="Steps">The updates of the whole training, if it goes through all its epochs.</param>
/// <param name="Epoch">The epochs before this one.</param>
/// <param name="ValidationScores">The monitored score after each epoch so far, less is better; on the training part where there is no validation part.</param>
public readonly record struct TrainingMoment(long Step, long Steps, int Epoch, IReadOnlyList<double> ValidationScores)
{
    /// <summary>The share of the training that is behind, in [0, 1].</summary>
    public double Progress => Steps <= 1 ? 0 : Math.Clamp((double)Step / Steps, 0, 1);
}
