using System.Collections.Immutable;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Options of <see cref="Networks.Mlp"/>.</summary>
public sealed record MlpOptions : NetworkOptions
{
    /// <summary>The units of each hidden layer; empty for a linear model. Default 128 and 64.</summary>
    public ImmutableArray<int> Hidden { get; init; } = [128, 64];

    /// <summary>The share of each hidden layer's units that a step leaves out, in [0, 1) (Srivastava et al., 2014). Default 0.</summary>
    public double Dropout { get; init; }

    internal override IEnumerable<Problem> Validate(string entry)
    {
        foreach (var problem in base.Validate(entry)) yield return problem;
        if (Hidden.IsDefault || Hidden.Any(units => units < 1)) yield return new Problem("MT1739", $"The 'Hidden' option of {entry} must list layers of at least 1 unit. Got [{(Hidden.IsDefault ? "" : string.Join(", ", Hidden))}].");
        if (!(Dropout >= 0 && Dropout < 1)) yield return new Problem("MT1740", FormattableString.Invariant($"The 'Dropout' option of {entry} must be in [0, 1). Got {Dropout}."));
    }

    internal Value Build(Value features, int outputs, SeededRandom random)
    {
        var value = features;
        for (var layer = 0; layer < Hidden.Length; layer++)
        {
            value = Dense(value, $"hidden{layer + 1}", Hidden[layer], random).Relu();
            if (Dropout > 0) value = value.Graph.Add("Dropout", [value, value.Graph.Constant((float)Dropout)], ElementType.Float, value.Shape);
        }

        return Dense(value, "output", outputs, random);
    }

    private static Value Dense(Value value, string name, int units, SeededRandom random)
    {
        var inputs = (int)value.Shape![1].Size;
        var bound = Math.Sqrt(6.0 / inputs);
        var weight = new float[inputs * units];
        foreach (ref var element in weight.AsSpan()) element = (float)(bound * ((2 * random.NextDouble()) - 1));
        return value.Gemm(value.Graph.Constant(Tensor.Of(weight, inputs, units), $"{name}.weight"), value.Graph.Constant(Tensor.Of(new float[units], units), $"{name}.bias"));
    }
}
