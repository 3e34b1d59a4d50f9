using System.Globalization;
using System.Text;

namespace ModelTraining;

/// <summary>What <c>Tune</c> tried and found: <c>run.Report&lt;TuneReport&gt;()</c>.</summary>
public sealed record TuneReport
{
    private const int Shown = 5;

    /// <summary>What trials were judged by, one or more.</summary>
    public required IReadOnlyList<TuneObjective> Objectives { get; init; }

    /// <summary>What they had to keep.</summary>
    public IReadOnlyList<TuneConstraint> Constraints { get; init; } = [];

    /// <summary>The key of the first objective, a metric being measured on the validation part, or on <see cref="Folds"/>.</summary>
    public string Metric => Objectives[0].Key;

    /// <summary>The folds of the training part whose mean a trial's value is; null where the validation part scored.</summary>
    public int? Folds { get; init; }

    /// <summary>Which way it gets better.</summary>
    public MetricDirection Direction => Objectives[0].Direction;

    /// <summary>All trials that have ended, by number.</summary>
    public required IReadOnlyList<TrialRecord> Trials { get; init; }

    /// <summary>The trial that the model is of.</summary>
    public required TrialRecord Best { get; init; }

    /// <summary>Why it is that one, in words.</summary>
    public required string Choice { get; init; }

    /// <summary>How much each parameter matters, most first; empty with fewer than ten complete trials.</summary>
    public required IReadOnlyList<ParameterImportance> Importances { get; init; }

    internal SearchSpace Space { get; init; } = new();

    /// <summary>The complete trials, best by the first objective first, the earlier of equals; those that break a constraint last.</summary>
    public IReadOnlyList<TrialRecord> Leaderboard => [.. TrialRanking.Order(Trials.Where(trial => trial.State == TrialState.Complete), [Direction])];

    /// <summary>The trials that keep all constraints and that no other beats in all objectives, by number. With one objective the best.</summary>
    public IReadOnlyList<TrialRecord> ParetoFront => TrialRanking.Front(Trials, [.. Objectives.Select(objective => objective.Direction)]);

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
        text.Append(CultureInfo.InvariantCulture, $"{Trials.Count} trials: {Count(TrialState.Complete)} complete, {Count(TrialState.Pruned)} pruned, {Count(TrialState.Failed)} failed");
        if (Count(TrialState.Skipped) is > 0 and var skipped) text.Append(CultureInfo.InvariantCulture, $", {skipped} skipped");
        text.Append(CultureInfo.InvariantCulture, $"; validation {string.Join(", ", Objectives)}");
        if (Objectives.Count > 1 || Constraints.Count > 0) text.AppendLine().Append("  ").Append(Choice);
        foreach (var trial in (Objectives.Count > 1 ? ParetoFront : Leaderboard).Take(Shown))
        {
            var values = string.Join("  ", trial.Values.Select((value, i) => value.ToString(i == 0 ? "F5" : "G5", CultureInfo.InvariantCulture)));
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  {values}  trial {trial.Number,-4} {string.Join(", ", Settings(trial).Select(setting => $"{setting.Key} {setting.Value}"))}");
        }

        return text.ToString();
    }
}
