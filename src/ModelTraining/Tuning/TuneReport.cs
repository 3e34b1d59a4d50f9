using System.Globalization;
using System.Text;

namespace ModelTraining;

/// <summary>What <c>Tune</c> tried and found: <c>run.Report&lt;TuneReport&gt;()</c>.</summary>
public sealed record TuneReport
{
    private const int Shown = 5;

    /// <summary>The key of the metric, which was measured on the validation part, or on <see cref="Folds"/>.</summary>
    public required string Metric { get; init; }

    /// <summary>The folds of the training part whose mean a trial's value is; null where the validation part scored.</summary>
    public int? Folds { get; init; }

    /// <summary>Which way it gets better.</summary>
    public required MetricDirection Direction { get; init; }

    /// <summary>All trials that have ended, by number.</summary>
    public required IReadOnlyList<TrialRecord> Trials { get; init; }

    /// <summary>The trial that the model is of.</summary>
    public required TrialRecord Best { get; init; }

    /// <summary>How much each parameter matters, most first; empty with fewer than ten complete trials.</summary>
    public required IReadOnlyList<ParameterImportance> Importances { get; init; }

    internal SearchSpace Space { get; init; } = new();

    /// <summary>The complete trials, best first; the earlier of equals.</summary>
    public IReadOnlyList<TrialRecord> Leaderboard => [.. TrialRanking.Order(Trials.Where(trial => trial.State == TrialState.Complete), [Direction])];

    /// <summary>A trial's settings in words, by the parameters' names.</summary>
    public IReadOnlyDictionary<string, string> Settings(TrialRecord trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return Space.Parameters.Where(parameter => trial.Parameters.ContainsKey(parameter.Name)).ToDictionary(parameter => parameter.Name, parameter => parameter.Text(trial.Parameters[parameter.Name]));
    }

    /// <summary>The best trials with their settings, for a console.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        int Count(TrialState state) => Trials.Count(trial => trial.State == state);
        text.Append(CultureInfo.InvariantCulture, $"{Trials.Count} trials: {Count(TrialState.Complete)} complete, {Count(TrialState.Pruned)} pruned, {Count(TrialState.Failed)} failed; validation {Metric}");
        foreach (var trial in Leaderboard.Take(Shown))
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  {trial.Value:F5}  trial {trial.Number,-4} {string.Join(", ", Settings(trial).Select(setting => $"{setting.Key} {setting.Value}"))}");
        }

        return text.ToString();
    }
}
