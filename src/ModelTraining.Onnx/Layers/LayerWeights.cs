namespace ModelTraining.Onnx;

/// <summary>The weights of a layer that is being built: constants named after it.</summary>
internal sealed class LayerWeights
{
    private readonly Graph _graph;
    private readonly string _name;

    /// <param name="value">What the layer is applied to.</param>
    /// <param name="kind">What layers of this kind are called; a number is added.</param>
    /// <param name="name">The layer's own name, if it has one.</param>
    public LayerWeights(Value value, string kind, string? name)
    {
        ArgumentNullException.ThrowIfNull(value);
        _graph = value.Graph;
        for (var i = 0; name is null; i++)
        {
            var candidate = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{kind}{i}");
            if (!_graph.Constants.Keys.Any(constant => constant.StartsWith($"{candidate}.", StringComparison.Ordinal))) name = candidate;
        }

        _name = name;
    }

    /// <summary>Weights that are drawn.</summary>
    public Value Draw(string part, Initializer initializer, SeededRandom random, long fanIn, long fanOut, params long[] shape) => initializer switch
    {
        Initializer.FanInUniform => Uniform(part, random, 1 / Math.Sqrt(fanIn), shape),
        Initializer.GlorotUniform => Uniform(part, random, Math.Sqrt(6.0 / (fanIn + fanOut)), shape),
        Initializer.GlorotNormal => Normal(part, random, Math.Sqrt(2.0 / (fanIn + fanOut)), shape),
        Initializer.HeUniform => Uniform(part, random, Math.Sqrt(6.0 / fanIn), shape),
        Initializer.HeNormal => Normal(part, random, Math.Sqrt(2.0 / fanIn), shape),
        _ => throw new ArgumentOutOfRangeException(nameof(initializer), initializer, null),
    };

    /// <summary>Uniform in ±<paramref name="bound"/>.</summary>
    public Value Uniform(string part, SeededRandom random, double bound, params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Add(part, () => (float)(((2 * random.NextDouble()) - 1) * bound), shape);
    }

    /// <summary>Normal with mean 0.</summary>
    public Value Normal(string part, SeededRandom random, double deviation, params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Add(part, () => (float)(random.NextNormal() * deviation), shape);
    }

    /// <summary>All the same.</summary>
    public Value Full(string part, float element, params long[] shape) => Add(part, () => element, shape);

    private Value Add(string part, Func<float> next, long[] shape)
    {
        var count = shape.Aggregate(1L, (product, size) => product > Array.MaxLength ? product : product * size);
        if (count > Array.MaxLength) throw new ModelTrainingException("MT1705", $"The weight '{_name}.{part}' of shape [{string.Join(", ", shape)}] would have more than {Array.MaxLength} elements. Make the layer smaller.");
        var elements = new float[count];
        foreach (ref var element in elements.AsSpan()) element = next();
        return _graph.Constant(Tensor.Of(elements, shape), $"{_name}.{part}");
    }
}
