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

    internal Value Build(NetworkInput input)
    {
        var value = input.Table;
        for (var layer = 0; layer < Hidden.Length; layer++)
        {
            value = value.Dense(Hidden[layer], input.Random, initializer: Initializer.HeUniform, name: $"hidden{layer + 1}").Relu();
            if (Dropout > 0) value = value.Dropout((float)Dropout);
        }

        return value.Dense(input.Outputs, input.Random, name: "output");
    }
}
