namespace ModelTraining;

/// <summary>What a pruner may go by.</summary>
public sealed class PrunerContext
{
    /// <summary>The trial in question, with its reports.</summary>
    public required TrialRecord Trial { get; init; }

    /// <summary>The step that it last reported.</summary>
    public required int Step { get; init; }

    /// <summary>All trials of the study.</summary>
    public required IReadOnlyList<TrialRecord> Trials { get; init; }

    /// <summary>Which way the objective gets better.</summary>
    public required MetricDirection Direction { get; init; }

    /// <summary>A report as a cost, less is better; what is no number is worst.</summary>
    internal double Cost(double value) => double.IsNaN(value) ? double.PositiveInfinity : Direction == MetricDirection.LowerIsBetter ? value : -value;

    /// <summary>The cost of a trial when it first came to a step or beyond; null when it has not.</summary>
    internal double? CostAt(TrialRecord trial, double step)
    {
        foreach (var report in trial.Reports) if (report.Step >= step) return Cost(report.Value);
        return null;
    }
}
