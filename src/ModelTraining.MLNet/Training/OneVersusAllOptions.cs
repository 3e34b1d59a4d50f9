namespace ModelTraining;

/// <summary>Options of <see cref="MLNet.OneVersusAll"/>.</summary>
public sealed record OneVersusAllOptions
{
    /// <summary>The most rows that scores are calibrated on. Default 1,000,000,000.</summary>
    public int MaximumCalibrationExampleCount { get; init; } = 1_000_000_000;
}
