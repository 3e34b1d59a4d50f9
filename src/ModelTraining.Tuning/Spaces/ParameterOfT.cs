namespace ModelTraining;

/// <summary>A setting that a study looks for, with the type of its values: <c>trial.Get(parameter)</c> is the one that a trial has.</summary>
/// <typeparam name="T">double, int, bool, or that of the choices.</typeparam>
public sealed class Parameter<T> : Parameter
{
    private readonly Func<double, T> _value;
    private readonly Func<T, double?> _number;

    internal Parameter(string name, ValueScale? scale, IReadOnlyList<string> choices, Condition? condition, Func<double, T> value, Func<T, double?> number)
        : base(name, scale, choices, condition)
    {
        (_value, _number) = (value, number);
    }

    /// <summary>Says with which value a study begins: its first trial takes it, so that what is known to be good is the least that comes out.</summary>
    /// <returns>The same parameter.</returns>
    /// <exception cref="ModelTrainingException">MT1806: it is not in the range.</exception>
    public Parameter<T> StartAt(T value)
    {
        Initial = NumberOf(value) ?? throw new ModelTrainingException("MT1806", FormattableString.Invariant($"StartAt of {this} must be one of its values. Got {value}."));
        return this;
    }

    /// <summary>As <see cref="StartAt"/>, of a space that is ready: what someone begins with may be beyond the range that is looked in.</summary>
    internal Parameter<T> StartAtIfInRange(T value)
    {
        Initial = NumberOf(value) ?? Initial;
        return this;
    }

    internal T ValueOf(double number) => _value(number);

    /// <summary>The number that stands for a value; null when it is none of this parameter.</summary>
    internal double? NumberOf(T value) => _number(value) is { } number && Has(number) ? number : null;
}
