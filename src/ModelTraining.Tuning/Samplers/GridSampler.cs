namespace ModelTraining;

/// <summary>Every combination, one after the other, the parameter declared last changing fastest. Where all are proposed, the study ends.</summary>
public sealed record GridSampler : ISampler
{
    private const int MostPoints = 1_000_000;

    /// <summary>How many values of a continuous quantity, or of one with more values than that, are tried, evenly over its range from end to end; at least 2. Default 5.</summary>
    public int Points { get; init; } = 5;

    /// <inheritdoc/>
    public string Name => "grid";

    /// <inheritdoc/>
    public IEnumerable<Problem> Validate(SearchSpace space, int objectives)
    {
        ArgumentNullException.ThrowIfNull(space);
        if (Points < 2) yield return new Problem("MT1810", $"The 'Points' option of GridSampler must be at least 2. Got {Points}.");
        else if (space.Parameters.Aggregate(1.0, (product, parameter) => product * Count(parameter)) is > MostPoints and var count) yield return new Problem("MT1810", FormattableString.Invariant($"A grid over this space has up to {count:G3} trials. Take fewer 'Points', give quantities a step, or use another sampler."));
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double>? Propose(SamplerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Combinations(context.Space.Parameters, 0, []).Skip(context.Number).FirstOrDefault();
    }

    private IEnumerable<Dictionary<string, double>> Combinations(IReadOnlyList<Parameter> parameters, int next, Dictionary<string, double> values)
    {
        if (next == parameters.Count)
        {
            yield return new Dictionary<string, double>(values);
            yield break;
        }

        var parameter = parameters[next];
        var count = parameter.IsActive(values) ? Count(parameter) : 0;
        for (var i = 0; i < count; i++)
        {
            values[parameter.Name] = Value(parameter, i, count);
            foreach (var combination in Combinations(parameters, next + 1, values)) yield return combination;
        }

        values.Remove(parameter.Name);
        if (count > 0) yield break;
        foreach (var combination in Combinations(parameters, next + 1, values)) yield return combination;
    }

    private int Count(Parameter parameter) => parameter.ChoiceCount > 0 ? parameter.ChoiceCount : Math.Min(parameter.ValueCount, Points);

    private static double Value(Parameter parameter, int i, int count) => count == parameter.ValueCount ? parameter.ValueAt(i) : parameter.FromShare((double)i / (count - 1));
}
