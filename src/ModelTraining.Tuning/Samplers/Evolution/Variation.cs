namespace ModelTraining;

/// <summary>How a child differs from its parents.</summary>
internal static class Variation
{
    private const double CrossIndex = 10, MutationIndex = 20;

    /// <summary>Simulated binary crossover of a quantity (Deb and Agrawal, 1995), which stays near one of the parents; one of the two choices.</summary>
    public static double Cross(Parameter parameter, double a, double b, SeededRandom random)
    {
        if (random.NextDouble() < 0.5) (a, b) = (b, a);
        if (parameter.ChoiceCount > 0) return a;
        var draw = random.NextDouble();
        var beta = Math.Pow(draw < 0.5 ? 2 * draw : 1 / (2 * (1 - draw)), 1 / (CrossIndex + 1));
        var (x, y) = (parameter.ToShare(a), parameter.ToShare(b));
        return parameter.FromShare(0.5 * (((1 + beta) * x) + ((1 - beta) * y)));
    }

    /// <summary>Polynomial mutation of a quantity (Deb and Goyal, 1996); any choice.</summary>
    public static double Mutate(Parameter parameter, double value, SeededRandom random)
    {
        if (parameter.ChoiceCount > 0) return random.Next(parameter.ChoiceCount);
        var draw = random.NextDouble();
        var share = parameter.ToShare(value);
        var delta = draw < 0.5
            ? Math.Pow((2 * draw) + ((1 - (2 * draw)) * Math.Pow(1 - share, MutationIndex + 1)), 1 / (MutationIndex + 1)) - 1
            : 1 - Math.Pow((2 * (1 - draw)) + ((2 * (draw - 0.5)) * Math.Pow(share, MutationIndex + 1)), 1 / (MutationIndex + 1));
        // Of few values the next one is far: what would stay where it is moves to a neighbour.
        var mutated = parameter.FromShare(share + (delta < 0 ? delta * share : delta * (1 - share)));
        return mutated == value && parameter.ValueCount < int.MaxValue ? parameter.FromShare(share + ((random.NextDouble() < 0.5 ? -1.0 : 1.0) / parameter.ValueCount)) : mutated;
    }
}
