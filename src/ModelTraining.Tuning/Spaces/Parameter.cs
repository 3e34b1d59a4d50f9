namespace ModelTraining;

/// <summary>
/// A setting that a study looks for. Its values are stored as numbers: a quantity as itself, a choice as its position from 0. Samplers work in shares: [0, 1] is
/// the whole range, on a logarithmic scale where the range is one. Immutable but for <see cref="Parameter{T}.StartAt"/>, and safe to use from many threads.
/// </summary>
public abstract class Parameter
{
    private readonly ValueScale? _scale;
    private readonly IReadOnlyList<string> _choices;

    private protected Parameter(string name, ValueScale? scale, IReadOnlyList<string> choices, Condition? condition)
    {
        (Name, _scale, _choices, Condition) = (name, scale, choices, condition);
    }

    /// <summary>The name, unique in its space.</summary>
    public string Name { get; }

    /// <summary>The number of choices; 0 of a quantity.</summary>
    public int ChoiceCount => _choices.Count;

    internal Condition? Condition { get; }

    /// <summary>The value that the first trial takes; null when the sampler chooses.</summary>
    internal double? Initial { get; private protected set; }

    /// <summary>How many values there are; <see cref="int.MaxValue"/> where they are continuous or more than that.</summary>
    internal int ValueCount => _scale?.Count ?? ChoiceCount;

    /// <summary>The value at a share of the range. Of a choice, each has an equal part of [0, 1].</summary>
    /// <param name="share">From 0 to 1; what lies outside is taken to be at the end.</param>
    public double FromShare(double share)
    {
        share = Math.Clamp(share, 0, 1);
        return _scale?.FromShare(share) ?? Math.Min(ChoiceCount - 1, Math.Floor(share * ChoiceCount));
    }

    /// <summary>The value at a position, from 0 on, of those that there are.</summary>
    internal double ValueAt(int position) => _scale?.ValueAt(position) ?? position;

    /// <summary>Where in its range a value stands, in [0, 1]; the middle of its part where values are steps or choices.</summary>
    public double ToShare(double value) => Math.Clamp(_scale?.ToShare(value) ?? (value + 0.5) / ChoiceCount, 0, 1);

    /// <summary>Whether a trial with the values so far has this parameter: false where it depends on a choice that was not made.</summary>
    /// <param name="values">The values by name, at least of all parameters that were declared before this one.</param>
    public bool IsActive(IReadOnlyDictionary<string, double> values) => Condition?.Holds(values) ?? true;

    /// <summary>A value in words: the choice's name, or the number.</summary>
    public string Text(double value) => _scale?.Text(value) ?? _choices[Math.Clamp((int)value, 0, ChoiceCount - 1)];

    /// <summary>Whether a stored number is a value of this parameter: what comes from a file need not be.</summary>
    internal bool Has(double value) => _scale?.Has(value) ?? (value >= 0 && value < ChoiceCount && value == Math.Floor(value));

    /// <summary>Name, range and condition, by which a stored study is compared with the one that is to go on.</summary>
    public override string ToString() => $"{Name}: {(_scale is null ? $"choice of {string.Join(" | ", _choices)}" : _scale.ToString())}{(Condition is null ? "" : $" when {Condition}")}";
}
