using System.Collections.Immutable;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Options of <see cref="Networks.ResNet"/>.</summary>
public sealed record ResNetOptions : NetworkOptions
{
    /// <summary>The channels of the pictures. Default 1.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>The rows of pixels. Default null: as many as there are in a row, of square pictures.</summary>
    public int? Height { get; init; }

    /// <summary>The residual blocks at each size, the first at that of the picture, each next at half of it. Default 1, 1, 1: with first and last layer eight layers.</summary>
    public ImmutableArray<int> Blocks { get; init; } = [1, 1, 1];

    /// <summary>The filters of the first blocks; twice as many at each next size. Default 16.</summary>
    public int Filters { get; init; } = 16;

    internal override IEnumerable<Problem> Validate(string entry)
    {
        foreach (var problem in base.Validate(entry)) yield return problem;
        if (Channels < 1 || Height < 1 || Filters < 1) yield return new Problem("MT1739", $"The 'Channels', 'Height' and 'Filters' options of {entry} must be at least 1. Got {Channels}, {Height} and {Filters}.");
        if (Blocks.IsDefaultOrEmpty || Blocks.Any(blocks => blocks < 1)) yield return new Problem("MT1739", $"The 'Blocks' option of {entry} must list at least 1 block for each size. Got [{(Blocks.IsDefault ? "" : string.Join(", ", Blocks))}].");
    }

    /// <summary>He, Zhang, Ren and Sun, "Deep Residual Learning for Image Recognition", 2016, in the form for small pictures.</summary>
    internal Value Build(NetworkInput input)
    {
        var pixels = input.Features.Count / Channels;
        var height = Height ?? (int)Math.Round(Math.Sqrt(pixels));
        if (height * (pixels / height) * Channels != input.Features.Count || (Height is null && height * height != pixels))
        {
            throw new ModelTrainingException("MT1745", $"{input.Features.Count} columns are no pictures of {Channels} channels and {height} rows of pixels. State 'Channels' and 'Height', and leave other columns out by their roles.");
        }

        var random = input.Random;
        var value = Filtered(input.Table.Reshape(-1, Channels, height, pixels / height), Filters, 1, random, "first");
        for (var stage = 0; stage < Blocks.Length; stage++)
        {
            for (var block = 0; block < Blocks[stage]; block++)
            {
                var (filters, stride, name) = (Filters << stage, stage > 0 && block == 0 ? 2 : 1, $"stage{stage + 1}.block{block + 1}");
                var branch = Filtered(value, filters, stride, random, $"{name}.conv1").Conv2D(filters, 3, random, padding: 1, bias: false, initializer: Initializer.HeNormal, name: $"{name}.conv2").BatchNorm(name: $"{name}.norm2");
                var shortcut = stride == 1 ? value : value.Conv2D(filters, 1, random, stride: stride, bias: false, initializer: Initializer.HeNormal, name: $"{name}.shortcut").BatchNorm(name: $"{name}.shortcut.norm");
                value = (branch + shortcut).Relu();
            }
        }

        return value.GlobalAveragePool().Reshape(-1, Filters << (Blocks.Length - 1)).Dense(input.Outputs, random, name: "output");
    }

    private static Value Filtered(Value value, int filters, int stride, SeededRandom random, string name) =>
        value.Conv2D(filters, 3, random, stride: stride, padding: 1, bias: false, initializer: Initializer.HeNormal, name: name).BatchNorm(name: $"{name}.norm").Relu();
}
