namespace ModelTraining;

/// <summary>How large the exported file would be.</summary>
internal sealed class SizeObjective() : TuneObjective("model_size_bytes", MetricDirection.LowerIsBetter)
{
    internal override double Measure(TrialRun run) => run.ModelBytes.Length;
}
