namespace ModelTraining;

/// <summary>Values as coordinates: a quantity is one, its share of the range; a choice as many as it has, two different ones being as far apart as a range's ends.</summary>
internal sealed class SpaceEmbedding
{
    private static readonly double Corner = Math.Sqrt(0.5);
    private readonly SearchSpace _space;

    public SpaceEmbedding(SearchSpace space)
    {
        _space = space;
        FirstOf = new int[space.Parameters.Count];
        for (int i = 0, at = 0; i < FirstOf.Length; at += Math.Max(1, space.Parameters[i].ChoiceCount), i++) FirstOf[i] = at;
        ParameterOf = [.. space.Parameters.SelectMany((parameter, i) => Enumerable.Repeat(i, Math.Max(1, parameter.ChoiceCount)))];
    }

    /// <summary>The position of the parameter that each coordinate is of.</summary>
    public int[] ParameterOf { get; }

    /// <summary>The first coordinate of each parameter; a quantity's only one.</summary>
    public int[] FirstOf { get; }

    public int ParameterCount => _space.Parameters.Count;

    public double[] Of(IReadOnlyDictionary<string, double> values)
    {
        var point = new double[ParameterOf.Length];
        var at = 0;
        foreach (var parameter in _space.Parameters)
        {
            var known = values.TryGetValue(parameter.Name, out var value);
            if (parameter.ChoiceCount == 0) point[at] = known ? parameter.ToShare(value) : 0.5;
            else if (known) point[at + (int)value] = Corner;
            at += Math.Max(1, parameter.ChoiceCount);
        }

        return point;
    }
}
