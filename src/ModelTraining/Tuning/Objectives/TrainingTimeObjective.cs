namespace ModelTraining;

/// <summary>How long the training took.</summary>
internal sealed class TrainingTimeObjective() : TuneObjective("training_time_s", MetricDirection.LowerIsBetter)
{
    internal override double Measure(TrialRun run) => run.TrainingTime.TotalSeconds;
}
