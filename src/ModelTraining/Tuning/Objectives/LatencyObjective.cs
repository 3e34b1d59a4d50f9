namespace ModelTraining;

/// <summary>How long a row takes in the exported graph: single rows, one after the other, and of their times the median, which a busy moment of the machine does not move.</summary>
internal sealed class LatencyObjective() : TuneObjective("prediction_latency_ms", MetricDirection.LowerIsBetter)
{
    private const int DifferentRows = 16, WarmUps = 8, Calls = 64;

    internal override double Measure(TrialRun run)
    {
        using var predictor = Predictor.Load(run.ModelBytes);
        var (state, time) = (run.State, run.State.Plan.Time);
        var validation = state.Split.ValidationRows.Span;
        var inputs = predictor.Manifest.Inputs.Select(input => input.Name).ToList();
        var rows = new Table[Math.Min(DifferentRows, validation.Length)];
        for (var i = 0; i < rows.Length; i++) rows[i] = RawRows.Of(state, inputs, [validation[(int)((long)i * validation.Length / rows.Length)]]);
        for (var i = 0; i < WarmUps; i++) predictor.Predict(rows[i % rows.Length]);
        var times = new double[Calls];
        for (var i = 0; i < Calls; i++)
        {
            var started = time.GetTimestamp();
            predictor.Predict(rows[i % rows.Length]);
            times[i] = time.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(times);
        return (times[(Calls / 2) - 1] + times[Calls / 2]) / 2;
    }
}
