using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Options of <see cref="Networks.TextEncoder"/>.</summary>
public sealed record TextEncoderOptions : NetworkOptions
{
    /// <summary>How many tokens there are: ids are less than this. Required.</summary>
    public int VocabularySize { get; init; }

    /// <summary>The id that stands for no token; positions that have it are not looked at. Default 0.</summary>
    public int PaddingId { get; init; }

    /// <summary>The layers. Default 2.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>The width of a token. Default 128.</summary>
    public int Width { get; init; } = 128;

    /// <summary>The attention heads of a layer; divides the width. Default 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>The share of units that a step leaves out, in [0, 1). Default 0.1.</summary>
    public double Dropout { get; init; } = 0.1;

    internal override IEnumerable<Problem> Validate(string entry)
    {
        foreach (var problem in base.Validate(entry)) yield return problem;
        if (VocabularySize < 1) yield return new Problem("MT1739", $"The 'VocabularySize' option of {entry} must be at least 1: how many tokens the ids are of. Got {VocabularySize}.");
        if (Layers < 1 || Width < 1 || Heads < 1 || Width % Heads != 0) yield return new Problem("MT1739", $"{entry} needs at least one layer, and a 'Width' that 'Heads' divides. Got {Layers}, {Width} and {Heads}.");
        if (!(Dropout >= 0 && Dropout < 1)) yield return new Problem("MT1740", FormattableString.Invariant($"The 'Dropout' option of {entry} must be in [0, 1). Got {Dropout}."));
    }

    /// <summary>Vaswani et al., "Attention Is All You Need", 2017, the encoder, with the normalisation in front of each part (Xiong et al., 2020); the mean over the tokens is classified.</summary>
    internal Value Build(NetworkInput input)
    {
        var (random, length) = (input.Random, input.Features.Count);
        var ids = input.Table.Cast(ElementType.Int64);
        var isToken = ids.Equal(PaddingId).Not().Cast(ElementType.Float);
        var value = Dropped(ids.Embedding(VocabularySize, Width, random, name: "tokens").LearnedPositions(random, name: "positions"));
        for (var layer = 1; layer <= Layers; layer++)
        {
            var name = $"layer{layer}";
            value = value.Residual(part => Dropped(part.LayerNorm(name: $"{name}.norm1").MultiHeadAttention(Heads, random, isToken, name: $"{name}.attention")));
            value = value.Residual(part => Dropped(part.LayerNorm(name: $"{name}.norm2").Dense(4 * Width, random, name: $"{name}.up").Gelu().Dense(Width, random, name: $"{name}.down")));
        }

        var weights = isToken.Reshape(-1, length, 1);
        var mean = (value.LayerNorm(name: "last.norm") * weights).ReduceSum([1], keepDims: false) / weights.ReduceSum([1], keepDims: false).Max(1f);
        return mean.Dense(input.Outputs, random, name: "output");
    }

    private Value Dropped(Value value) => Dropout > 0 ? value.Dropout((float)Dropout) : value;
}
