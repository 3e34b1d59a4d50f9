using ModelTraining.Onnx;

namespace ModelTraining.Benchmarks;

/// <summary>The networks that backends are measured by: in full for a GPU, smaller for a CPU, and so small that a CPU shows that all of it runs. benchmarks/peers/torch_step.py has the same in PyTorch.</summary>
internal static class LargeNetworks
{
    private const int Vocabulary = 30_522;
    private static readonly int[] Blocks = [3, 4, 6, 3];

    /// <summary>A network.</summary>
    /// <param name="name">mlp, resnet50 or bert-base.</param>
    /// <param name="size">full, middle or tiny.</param>
    public static BenchmarkedNetwork Named(string name, string size) => (name, size) switch
    {
        ("mlp", "full" or "middle") => Mlp(500, 128, 784, 512, 512, 10),
        ("mlp", "tiny") => Mlp(20, 32, 64, 32, 10),
        ("resnet50", "full") => ResNet50(30, 256, side: 224, filters: 64),
        ("resnet50", "middle") => ResNet50(10, 8, side: 112, filters: 64),
        ("resnet50", "tiny") => ResNet50(5, 2, side: 64, filters: 8),
        ("bert-base", "full") => Bert(30, 128, layers: 12, width: 768, heads: 12, length: 128),
        ("bert-base", "middle") => Bert(10, 8, layers: 4, width: 512, heads: 8, length: 128),
        ("bert-base", "tiny") => Bert(5, 2, layers: 2, width: 64, heads: 2, length: 16),
        _ => throw new ArgumentException($"There is no network '{name}' of the size '{size}': {string.Join(", ", Names)}; {string.Join(", ", Sizes)}.", nameof(name)),
    };

    /// <summary>The numbers that products are made of: 16 bits for large networks on a GPU. A CPU is measured in 32, which is what it is trained in: few have products of 16 bits that are any faster.</summary>
    public static Precision PrecisionOf(string name, Device device) => device.IsCuda && name != "mlp" ? Precision.BFloat16 : Precision.Float32;

    public static string[] Sizes { get; } = ["full", "middle", "tiny"];

    public static string[] Names { get; } = ["mlp", "resnet50", "bert-base"];

    private static BenchmarkedNetwork Mlp(int steps, int batch, params int[] sizes) =>
        new("mlp", steps, batch, new BatchInput("features", ElementType.Float, [sizes[0]]), sizes[^1], (value, random) =>
            sizes[1..^1].Aggregate(value, (x, size) => x.Dense(size, random).Relu()).Dense(sizes[^1], random));

    /// <summary>He et al., "Deep Residual Learning for Image Recognition", 2016, with the strides in the 3×3 convolutions.</summary>
    private static BenchmarkedNetwork ResNet50(int steps, int batch, int side, int filters) =>
        new("resnet50", steps, batch, new BatchInput("pixels", ElementType.Float, [3, side, side]), 1000, (pixels, random) =>
        {
            var value = pixels.Conv2D(filters, 7, random, stride: 2, padding: 3, bias: false).BatchNorm().Relu().MaxPool2D(3, 2, 1);
            foreach (var (stage, blocks) in Blocks.Index())
            {
                for (var block = 0; block < blocks; block++)
                {
                    var (inner, stride) = (filters << stage, stage > 0 && block == 0 ? 2 : 1);
                    var branch = value.Conv2D(inner, 1, random, bias: false).BatchNorm().Relu().Conv2D(inner, 3, random, stride: stride, padding: 1, bias: false).BatchNorm().Relu().Conv2D(4 * inner, 1, random, bias: false).BatchNorm();
                    var shortcut = block == 0 ? value.Conv2D(4 * inner, 1, random, stride: stride, bias: false).BatchNorm() : value;
                    value = (branch + shortcut).Relu();
                }
            }

            return value.GlobalAveragePool().Reshape(-1, 32 * filters).Dense(1000, random);
        });

    /// <summary>Devlin et al., "BERT", 2018, without dropout and without the sentences' own vectors: the first token is classified.</summary>
    private static BenchmarkedNetwork Bert(int steps, int batch, int layers, int width, int heads, int length) =>
        new("bert-base", steps, batch, new BatchInput("tokens", ElementType.Int64, [length]), 2, (tokens, random) =>
        {
            var value = tokens.Embedding(Vocabulary, width, random).LearnedPositions(random).LayerNorm();
            for (var layer = 0; layer < layers; layer++)
            {
                value = value.Residual(part => part.MultiHeadAttention(heads, random)).LayerNorm();
                value = value.Residual(part => part.Dense(4 * width, random).Gelu().Dense(width, random)).LayerNorm();
            }

            return value.Slice(0, 1, 1).Reshape(-1, width).Dense(width, random).Tanh().Dense(2, random);
        });
}
