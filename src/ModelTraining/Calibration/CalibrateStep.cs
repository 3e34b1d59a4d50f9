namespace ModelTraining;

/// <summary>Fits a calibration on the validation part, and puts it behind the model.</summary>
/// <param name="method">How.</param>
/// <param name="before">The name of a step that should come later and does not; null when there is none.</param>
internal sealed class CalibrateStep(CalibrationMethod method, string? before) : IRunStep, IHasOptions
{
    public string Name => "Calibrate";

    public IReadOnlyList<OptionValue> Options => [new("Method", method.ToString(), method == CalibrationMethod.Platt)];

    public IEnumerable<Problem> Validate()
    {
        if (!Enum.IsDefined(method)) yield return new Problem("MT1323", $"There is no CalibrationMethod {(int)method}. Use Platt, Isotonic or Temperature.");
        if (before is not null) yield return new Problem("MT1323", $"Calibrate stands after {before}, which needs calibrated probabilities. Calibrate once, right after Train.");
    }

    public IEnumerable<Problem> Validate(Target target)
    {
        if (target.Task == LearningTask.Regression) yield return new Problem("MT1322", $"Label '{target.Column}' is a number, which has no probabilities to calibrate. Leave Calibrate out.");
    }

    public IEnumerable<Problem> Validate(Target target, DataSplit split)
    {
        if (target.Task == LearningTask.Regression) yield break;
        if (split.ValidationRows.IsEmpty)
        {
            yield return ValidationPart.Missing(Name);
            yield break;
        }

        var seen = new bool[target.Classes.Count];
        foreach (var row in split.ValidationRows.Span) seen[(int)target.Values[row]] = true;
        for (var i = 0; i < seen.Length; i++)
        {
            if (!seen[i]) yield return new Problem("MT2331", $"The validation part has no row of class '{target.Classes[i]}', whose probability can't be calibrated so. Make 'Validation' of Split larger, or leave Calibrate out.");
        }
    }

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        var rows = ValidationPart.Predict(state);
        ProbabilityMap map = method switch
        {
            CalibrationMethod.Platt => SigmoidMap.Fit(rows),
            CalibrationMethod.Isotonic => IsotonicMap.Fit(rows),
            _ => TemperatureMap.Fit(rows),
        };
        state.Context.Report(new CalibrationReport(method, rows.Count, state.Model.History is { Validation.Count: > 0 }, map.Description));
        state.Model = new CalibratedModel(state.Model, map);
        return ValueTask.CompletedTask;
    }
}
