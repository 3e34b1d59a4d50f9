namespace ModelTraining;

/// <summary>What a sampler may go by.</summary>
public sealed class SamplerContext
{
    /// <summary>What is looked for.</summary>
    public required SearchSpace Space { get; init; }

    /// <summary>Which way each objective gets better.</summary>
    public required IReadOnlyList<MetricDirection> Directions { get; init; }

    /// <summary>The trials so far, by number; those that others are at too.</summary>
    public required IReadOnlyList<TrialRecord> Trials { get; init; }

    /// <summary>The number of the trial that is to be proposed.</summary>
    public required int Number { get; init; }

    /// <summary>The study's seed, the same for all trials.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Random numbers of this trial's own, which follow from seed and number.</summary>
    public required SeededRandom Random { get; init; }

    /// <summary>Values for all parameters that the choices before them leave active, each from <paramref name="choose"/>.</summary>
    internal Dictionary<string, double> ForEach(Func<Parameter, int, double> choose)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < Space.Parameters.Count; i++)
        {
            var parameter = Space.Parameters[i];
            if (parameter.IsActive(values)) values[parameter.Name] = choose(parameter, i);
        }

        return values;
    }
}
