using ModelTraining.Onnx;

namespace ModelTraining.Benchmarks;

/// <summary>A network whose step is measured; benchmarks/peers/networks.py has the same in PyTorch under the same name.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Steps">How many steps are measured.</param>
/// <param name="BatchSize">The rows of a step.</param>
/// <param name="Inputs">What goes in beside the classes.</param>
/// <param name="Classes">How many classes come out.</param>
/// <param name="Scores">Takes input and randomness, gives [batch, classes].</param>
internal sealed record BenchmarkedNetwork(string Name, int Steps, int BatchSize, BatchInput Inputs, int Classes, Func<Value, SeededRandom, Value> Scores)
{
    private const string Target = "target";

    public static IReadOnlyList<BenchmarkedNetwork> All { get; } =
    [
        Mlp("mlp-small", 2000, 32, 30, 64, 32, 2),
        Mlp("mlp", 150, 128, 784, 512, 512, 10),
        new("resnet8", 30, 64, new BatchInput("pixels", ElementType.Float, [3, 32, 32]), 10, ResNet8),
        new("tabular", 300, 64, new BatchInput("columns", ElementType.Float, [14]), 2, Tabular),
        Encoder("encoder-2", 40, 32, layers: 2, width: 128, heads: 2, length: 64),
        Encoder("encoder-4", 12, 16, layers: 4, width: 256, heads: 4, length: 128),
    ];

    /// <summary>The networks called <paramref name="names"/>; all when there is no name.</summary>
    public static IReadOnlyList<BenchmarkedNetwork> Named(IEnumerable<string> names)
    {
        BenchmarkedNetwork[] named = [.. names.Select(name => All.FirstOrDefault(network => network.Name == name) ?? throw new ArgumentException($"There is no network '{name}': {string.Join(", ", All.Select(network => network.Name))}."))];
        return named.Length == 0 ? All : named;
    }

    public TrainingGraph Build()
    {
        var graph = new Graph(Name);
        var input = graph.Input(Inputs.Name, Inputs.Type, [Dimension.Batch, .. Inputs.RowShape.Select(Dimension.FromInt64)]);
        var target = graph.Input(Target, ElementType.Int64, Dimension.Batch);
        var scores = Scores(input, new SeededRandom(1));
        graph.Output("scores", scores);
        var loss = Losses.CrossEntropy()(scores, target);
        return new TrainingGraph { Graph = graph, Loss = loss.Name, Outputs = ["scores"], Weights = [.. Gradients.Weights(loss).Select(weight => new TrainedWeight(weight.Name))] };
    }

    public TrainingBatch Batch()
    {
        var random = new SeededRandom(2);
        var batch = new TrainingBatch([Inputs, new BatchInput(Target, ElementType.Int64, [])], BatchSize);
        if (Inputs.Type == ElementType.Float) foreach (ref var value in batch.Floats(0)) value = (float)random.NextNormal();
        else foreach (ref var token in batch.Integers(0)) token = random.Next(8000);
        foreach (ref var value in batch.Integers(1)) value = random.Next(Classes);
        return batch;
    }

    private static BenchmarkedNetwork Mlp(string name, int steps, int batch, params int[] sizes) =>
        new(name, steps, batch, new BatchInput("features", ElementType.Float, [sizes[0]]), sizes[^1], (value, random) =>
        {
            for (var layer = 1; layer < sizes.Length; layer++)
            {
                value = value.Dense(sizes[layer], random);
                if (layer + 1 < sizes.Length) value = value.Relu();
            }

            return value;
        });

    /// <summary>Three residual blocks of 16, 32 and 64 filters between a convolution and a dense layer.</summary>
    private static Value ResNet8(Value pixels, SeededRandom random)
    {
        var value = pixels.Conv2D(16, 3, random, padding: 1, bias: false).BatchNorm().Relu();
        foreach (var (filters, stride) in new[] { (16, 1), (32, 2), (64, 2) })
        {
            var branch = value.Conv2D(filters, 3, random, stride: stride, padding: 1, bias: false).BatchNorm().Relu().Conv2D(filters, 3, random, padding: 1, bias: false).BatchNorm();
            var shortcut = stride == 1 ? value : value.Conv2D(filters, 1, random, stride: stride, bias: false).BatchNorm();
            value = (branch + shortcut).Relu();
        }

        return value.GlobalAveragePool().Reshape(-1, 64).Dense(10, random);
    }

    /// <summary>Networks.TabularResNet as it is by default, without dropout, on the columns of adult.csv: six quantities, then categories.</summary>
    private static Value Tabular(Value columns, SeededRandom random)
    {
        const int quantities = 6, frequencies = 48, vector = 24, width = 192;
        int[] categories = [9, 16, 7, 15, 6, 5, 2, 42];
        var start = new float[quantities * frequencies];
        foreach (ref var frequency in start.AsSpan()) frequency = (float)(random.NextNormal() * 0.6 * 2 * Math.PI);
        var waves = columns.Slice(0, quantities, 1).Reshape(-1, quantities, 1) * columns.Graph.Constant(Tensor.Of(start, quantities, frequencies), "frequencies.weight");
        List<Value> parts = [Value.Concat([waves.Sin(), waves.Cos()], 2).Dense(vector, random).Relu().Reshape(-1, quantities * vector)];
        foreach (var (i, count) in categories.Index())
        {
            var position = quantities + i;
            parts.Add(columns.Slice(position, position + 1, 1).Reshape(-1).Max(0f).Min((float)count).Cast(ElementType.Int64).Embedding(count + 1, vector, random));
        }

        var value = Value.Concat(parts, 1).Dense(width, random);
        for (var block = 0; block < 2; block++) value = value.Residual(branch => branch.BatchNorm().Dense(2 * width, random).Relu().Dense(width, random));
        return value.BatchNorm().Relu().Dense(2, random);
    }

    /// <summary>PyTorch's TransformerEncoderLayer, without dropout, over 8,000 tokens.</summary>
    private static BenchmarkedNetwork Encoder(string name, int steps, int batch, int layers, int width, int heads, int length) =>
        new(name, steps, batch, new BatchInput("tokens", ElementType.Int64, [length]), 2, (tokens, random) =>
        {
            var value = tokens.Embedding(8000, width, random).LearnedPositions(random);
            for (var layer = 0; layer < layers; layer++)
            {
                value = value.Residual(part => part.MultiHeadAttention(heads, random)).LayerNorm();
                value = value.Residual(part => part.Dense(4 * width, random).Gelu().Dense(width, random)).LayerNorm();
            }

            return value.ReduceMean([1], keepDims: false).Dense(2, random);
        });
}
