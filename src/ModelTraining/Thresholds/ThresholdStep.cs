namespace ModelTraining;

/// <summary>Chooses the threshold on the validation part.</summary>
/// <param name="options">What it is chosen by.</param>
/// <param name="before">The name of a step that should come later and does not; null when there is none.</param>
internal sealed class ThresholdStep(ThresholdOptions options, string? before) : IRunStep, IHasOptions
{
    public string Name => "Threshold";

    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public IEnumerable<Problem> Validate()
    {
        foreach (var problem in options.Validate()) yield return problem;
        if (before is not null) yield return new Problem("MT1323", $"Threshold stands after {before}, which needs the threshold. Choose one threshold, before Evaluate and Export.");
    }

    public IEnumerable<Problem> Validate(Target target)
    {
        if (target.Task != LearningTask.BinaryClassification) yield return new Problem("MT1328", $"Label '{target.Column}' has not two classes, and a threshold tells two apart. Leave Threshold out.");
    }

    public IEnumerable<Problem> Validate(Target target, DataSplit split)
    {
        if (target.Task == LearningTask.BinaryClassification && split.ValidationRows.IsEmpty) yield return ValidationPart.Missing(Name);
    }

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        var goal = new ThresholdGoal(options);
        var rows = ValidationPart.Predict(state);
        var candidates = ThresholdSearch.Candidates(rows, goal);
        var best = ThresholdSearch.Best(candidates, goal);
        state.Threshold = best.Threshold;
        var half = ThresholdSearch.At(rows, goal, 0.5f);
        state.Context.Report(new ThresholdReport(best.Threshold, goal.Name, best.Score, half.Score, best.Precision, best.Recall, rows.Count)
        {
            PositiveClass = state.Target.Classes[1],
            Candidates = candidates,
            Stated = goal.Requirement,
        });
        return ValueTask.CompletedTask;
    }
}
