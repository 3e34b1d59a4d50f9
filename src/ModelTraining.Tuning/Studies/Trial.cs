namespace ModelTraining;

/// <summary>A trial that a study has handed out: settings to try. Used by one worker at a time.</summary>
public sealed class Trial
{
    private readonly Study _study;
    private readonly List<double> _constraints = [];
    private int _lastStep = -1;
    private double _lastValue = double.NaN;

    internal Trial(Study study, TrialRecord record) => (_study, Number, Parameters) = (study, record.Number, record.Parameters);

    /// <summary>The position in the study, from 0.</summary>
    public int Number { get; }

    /// <summary>The value of each parameter that the trial has, by name: a quantity as itself, a choice as its position.</summary>
    public IReadOnlyDictionary<string, double> Parameters { get; }

    /// <summary>The value of a parameter.</summary>
    /// <exception cref="InvalidOperationException">The trial does not have the parameter: it depends on a choice that was not made. <see cref="Has"/> tells.</exception>
    public T Get<T>(Parameter<T> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return Parameters.TryGetValue(parameter.Name, out var value)
            ? parameter.ValueOf(value)
            : throw new InvalidOperationException($"Trial {Number} has no '{parameter.Name}', which it would have {(parameter.Condition is { } condition ? $"where {condition}" : "if it were of this space")}. Ask Has first.");
    }

    internal IReadOnlyList<double> Constraints => _constraints;

    internal bool IsPruned { get; private set; }

    /// <summary>Whether the trial has a parameter, whose condition holds then.</summary>
    public bool Has(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return Parameters.ContainsKey(parameter.Name);
    }

    /// <summary>Says how good the trial is by now, for the pruner. A step that is no further than the last one is passed over.</summary>
    /// <param name="step">How far it is: trees, epochs, rows.</param>
    /// <param name="value">The objective by now, in the study's direction.</param>
    /// <exception cref="ModelTrainingException">MT4400: the storage can't be reached.</exception>
    public void Report(int step, double value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (step <= _lastStep) return;
        (_lastStep, _lastValue) = (step, value);
        _study.Report(this, step, value);
    }

    /// <summary>Whether the study's pruner finds, by the last report, that it is not worth going on. False where there is no pruner, or was no report.</summary>
    public bool ShouldPrune => _lastStep >= 0 && _study.ShouldPrune(this, _lastStep);

    /// <summary>Says by how much the trial breaks a constraint, for example <c>milliseconds - 20</c>; at most 0 holds. All trials say the same constraints in the same order.</summary>
    public void Constrain(double violation) => _constraints.Add(violation);

    /// <summary>Gives the trial up: <c>if (trial.ShouldPrune) return trial.Prune();</c></summary>
    /// <returns>The last reported value; what an objective returns after this does not count.</returns>
    public double Prune()
    {
        IsPruned = true;
        _study.End(this, TrialState.Pruned, [], FormattableString.Invariant($"Given up at step {_lastStep} with {_lastValue:G6}."));
        return _lastValue;
    }
}
