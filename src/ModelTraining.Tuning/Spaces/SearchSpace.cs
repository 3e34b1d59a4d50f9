using System.Globalization;

namespace ModelTraining;

/// <summary>
/// The settings that a study looks for. Declared once, before any trial: that is what grids, sequences of even cover and models of the score need to know.
/// <code>
/// var space = new SearchSpace();
/// var rate = space.Float("learning_rate", 0.01, 0.3, log: true);
/// var booster = space.Choice("booster", "plain", "dart");
/// var drop = space.When(booster, "dart").Float("drop_rate", 0.05, 0.5);
/// </code>
/// Not thread-safe while it is being declared.
/// </summary>
public sealed class SearchSpace
{
    private readonly List<Parameter> _parameters;
    private readonly Condition? _condition;
    private readonly string _prefix;

    /// <summary>A space without parameters.</summary>
    public SearchSpace() : this([], null, "")
    {
    }

    private SearchSpace(List<Parameter> parameters, Condition? condition, string prefix) => (_parameters, _condition, _prefix) = (parameters, condition, prefix);

    /// <summary>All parameters in the order of their declaration: one that others depend on stands before them.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>A real number.</summary>
    /// <param name="name">The name, unique in the space.</param>
    /// <param name="low">The least value.</param>
    /// <param name="high">The greatest value.</param>
    /// <param name="log">Whether the range is searched by ratios: 0.001 to 0.01 gets as much as 0.01 to 0.1. Needs <paramref name="low"/> above 0.</param>
    /// <param name="step">The distance of values from <paramref name="low"/> on; null, the default, where they are continuous. Not with <paramref name="log"/>.</param>
    /// <exception cref="ModelTrainingException">MT1801: the name is empty or taken. MT1802: the range is none. MT1803: the step does not fit.</exception>
    public Parameter<double> Float(string name, double low, double high, bool log = false, double? step = null)
    {
        CheckRange(name, low, high, log, double.Epsilon);
        if (step is { } size && (log || !(size > 0) || size > high - low)) throw WrongStep(name, size, log);
        return Add(new Parameter<double>(Free(name), new ValueScale(low, high, log, step, Whole: false), [], _condition, static number => number, static value => value));
    }

    /// <summary>A whole number.</summary>
    /// <param name="name">The name, unique in the space.</param>
    /// <param name="low">The least value.</param>
    /// <param name="high">The greatest value.</param>
    /// <param name="log">Whether the range is searched by ratios. Needs <paramref name="low"/> of at least 1.</param>
    /// <param name="step">The distance of values from <paramref name="low"/> on. Default 1; only that with <paramref name="log"/>.</param>
    /// <exception cref="ModelTrainingException">MT1801: the name is empty or taken. MT1802: the range is none. MT1803: the step does not fit.</exception>
    public Parameter<int> Int(string name, int low, int high, bool log = false, int step = 1)
    {
        CheckRange(name, low, high, log, 1);
        if (step < 1 || (log && step > 1) || step > (long)high - low) throw WrongStep(name, step, log);
        return Add(new Parameter<int>(Free(name), new ValueScale(low, high, log, step, Whole: true), [], _condition, static number => (int)number, static value => value));
    }

    /// <summary>One of several values, without an order.</summary>
    /// <param name="name">The name, unique in the space.</param>
    /// <param name="choices">The values, at least one, each once; their text is what a study stores and a report shows.</param>
    /// <exception cref="ModelTrainingException">MT1801: the name is empty or taken. MT1804: there is no choice, or two have the same text.</exception>
    public Parameter<T> Choice<T>(string name, params IReadOnlyList<T> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        var names = choices.Select(choice => Convert.ToString(choice, CultureInfo.InvariantCulture) ?? "none").ToList();
        if (names.Count == 0) throw new ModelTrainingException("MT1804", $"The choice '{name}' has nothing to choose from. Give it at least one value.");
        if (names.GroupBy(text => text).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ModelTrainingException("MT1804", $"The choice '{name}' has '{twice.Key}' twice. Give each value a text of its own: what has no ToString can be chosen by a name, and looked up in the trial.");
        }

        var values = choices.ToArray();
        return Add(new Parameter<T>(Free(name), null, names, _condition, number => values[(int)number], value => Array.IndexOf(values, value) is >= 0 and var at ? at : null));
    }

    /// <summary>True or false.</summary>
    /// <param name="name">The name, unique in the space.</param>
    /// <exception cref="ModelTrainingException">MT1801: the name is empty or taken.</exception>
    public Parameter<bool> Bool(string name) =>
        Add(new Parameter<bool>(Free(name), null, ["false", "true"], _condition, static number => number == 1, static value => value ? 1 : 0));

    /// <summary>The part of the space that only trials have in which something was chosen. Parameters that are declared on it are in this space too.</summary>
    /// <param name="parameter">A <see cref="Choice"/> or <see cref="Bool"/> of this space.</param>
    /// <param name="values">The values that ask for the part.</param>
    /// <exception cref="ModelTrainingException">MT1805: the parameter is a quantity or of another space, or has no such value.</exception>
    public SearchSpace When<T>(Parameter<T> parameter, params IReadOnlyList<T> values)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(values);
        if (parameter.ChoiceCount == 0) throw new ModelTrainingException("MT1805", $"When goes by a choice, and '{parameter.Name}' is a quantity. Make the decision a Choice or Bool of its own.");
        if (!_parameters.Contains(parameter)) throw new ModelTrainingException("MT1805", $"When goes by '{parameter.Name}', which is not of this space. Declare it on the same space, before what depends on it.");
        var positions = values.Select(value => (int)(parameter.NumberOf(value) ?? throw new ModelTrainingException("MT1805", FormattableString.Invariant($"'{parameter.Name}' is never {value}: {parameter}. Name one of its choices.")))).ToList();
        if (positions.Count == 0) throw new ModelTrainingException("MT1805", $"When of '{parameter.Name}' names no value. Name at least one.");
        return new SearchSpace(_parameters, new Condition(parameter, positions, _condition), _prefix);
    }

    /// <summary>The same space, in which all that is declared on what comes back gets a prefix before its name.</summary>
    internal SearchSpace Named(string prefix) => new(_parameters, _condition, prefix);

    private Parameter<T> Add<T>(Parameter<T> parameter)
    {
        _parameters.Add(parameter);
        return parameter;
    }

    private string Free(string name)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new ModelTrainingException("MT1801", "A parameter has no name. Give it one that the report can show.");
        name = _prefix + name;
        if (_parameters.Any(parameter => parameter.Name == name)) throw new ModelTrainingException("MT1801", $"Two parameters are called '{name}'. Give each a name of its own, also where they never meet in a trial.");
        return name;
    }

    private static void CheckRange(string name, double low, double high, bool log, double least)
    {
        if (!(low < high) || !double.IsFinite(high - low)) throw new ModelTrainingException("MT1802", FormattableString.Invariant($"The range of '{name}' must go from less to more, both finite. Got {low} to {high}."));
        if (log && low < least) throw new ModelTrainingException("MT1802", FormattableString.Invariant($"The range of '{name}' is searched by ratios, and must begin above 0. Got {low} to {high}. Begin it higher, or leave out 'log'."));
    }

    private static ModelTrainingException WrongStep(string name, double step, bool log) => new("MT1803", log
        ? FormattableString.Invariant($"'{name}' has both 'log' and a step of {step}. Leave one of them out.")
        : FormattableString.Invariant($"The step of '{name}' must be above 0 and no more than its range. Got {step}."));
}
