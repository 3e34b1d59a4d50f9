namespace ModelTraining;

/// <summary>The learning curve.</summary>
/// <param name="Metric">The key of the metric, for example log_loss.</param>
/// <param name="Unit">What a step is: trees, epochs.</param>
/// <param name="Training">The metric on the training part after each step.</param>
/// <param name="Validation">The metric on the validation part after each step; empty when there was none.</param>
/// <param name="BestStep">The step, from 1, that the model is from.</param>
public sealed record TrainingHistory(string Metric, string Unit, IReadOnlyList<double> Training, IReadOnlyList<double> Validation, int BestStep)
{
    /// <summary>One line: how many steps, and the metric at the best of them.</summary>
    public override string ToString()
    {
        var best = BestStep - 1;
        var values = string.Concat(Shown("training", Training), Shown("validation", Validation));
        return FormattableString.Invariant($"{Metric}: {Training.Count} {Unit}, the best is {BestStep}{values}");

        string Shown(string part, IReadOnlyList<double> curve) => best >= 0 && best < curve.Count ? FormattableString.Invariant($", {part} {curve[best]:G4}") : "";
    }
}
