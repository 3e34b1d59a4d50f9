namespace ModelTraining;

/// <summary>A metric that can take what it needs from a <see cref="Measurement"/>.</summary>
internal interface ISharingMetric : IMetric
{
    /// <summary>Begins a computation whose statistic the measurement keeps up to date.</summary>
    IMetricState Start(Measurement measurement);
}
