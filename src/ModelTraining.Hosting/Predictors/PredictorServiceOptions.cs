namespace ModelTraining;

/// <summary>How a model is kept in service.</summary>
public sealed record PredictorServiceOptions
{
    /// <summary>
    /// How often the model's file is looked at. A file that changed is loaded once two looks in a row saw the same length and time of last write.
    /// <see cref="Timeout.InfiniteTimeSpan"/>: never. Default: 2 seconds.
    /// </summary>
    public TimeSpan ReloadInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How the model works.</summary>
    public PredictorOptions Predictor { get; init; } = new();

    internal IEnumerable<Problem> Validate()
    {
        // A timer takes no more than 49 days.
        if (ReloadInterval != Timeout.InfiniteTimeSpan && (ReloadInterval <= TimeSpan.Zero || ReloadInterval > TimeSpan.FromDays(49)))
        {
            yield return new Problem("MT1602", $"The 'ReloadInterval' option of AddPredictor must be above 0 and at most 49 days, or Timeout.InfiniteTimeSpan for never. Got {ReloadInterval}.");
        }

        foreach (var problem in Predictor.Validate()) yield return problem;
    }
}
