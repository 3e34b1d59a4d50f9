using System.Text.Json;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Training;

/// <summary>Twenty steps of small networks, against the losses of the same steps in PyTorch; tests/Data/curves/make.py has the same networks.</summary>
public abstract class LossCurveConformance
{
    protected abstract ITrainingBackend Backend { get; }

    private const int Rows = 12;
    private const int Classes = 3;

    private static readonly SeededRandom Any = new(1); // all weights are replaced

    private static readonly Dictionary<string, (Optimizer Optimizer, double LearningRate, double WeightDecay)> Optimizers = new()
    {
        ["sgd"] = (new Sgd { Momentum = 0.9 }, 0.05, 0),
        ["adam"] = (new Adam(), 0.01, 0),
        ["adamw"] = (new AdamW(), 0.01, 0.05),
    };

    private static IEnumerable<TestCaseData> Cases =>
        from network in new[] { "mlp", "resnet", "encoder", "lstm" } from optimizer in Optimizers.Keys select new TestCaseData(network, optimizer);

    [TestCaseSource(nameof(Cases))]
    public void Step_follows_the_curve_of_PyTorch(string network, string optimizer)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(TestData.Shipped("curves/curves.json")));
        double[] expected = [.. json.RootElement.GetProperty("curves").GetProperty(network).GetProperty(optimizer).EnumerateArray().Select(loss => loss.GetDouble())];
        var (batch, training) = Build(network);
        var (kind, rate, decay) = Optimizers[optimizer];
        using var session = Backend.Compile(training, new BackendSettings { Optimizer = kind, Threads = 2 });
        for (var step = 0; step < expected.Length; step++)
        {
            var loss = session.Step(batch, new StepSettings { LearningRate = rate, WeightDecay = decay }).Loss;
            Assert.That(loss, Is.EqualTo(expected[step]).Within(1e-4 * expected[step]), $"step {step + 1}");
        }
    }

    private static (TrainingBatch Batch, TrainingGraph Training) Build(string network)
    {
        var graph = new Graph(network);
        long[] shape = network switch { "mlp" => [5], "resnet" => [2, 6, 6], "encoder" => [7], _ => [6, 3] };
        var type = network == "encoder" ? ElementType.Int64 : ElementType.Float;
        var input = graph.Input("input", type, [Dimension.Batch, .. shape.Select(Dimension.FromInt64)]);
        var target = graph.Input("target", ElementType.Int64, Dimension.Batch);
        var scores = network switch { "mlp" => Mlp(input), "resnet" => ResNet(input), "encoder" => Encoder(input), _ => Lstm(input) };
        graph.Output("scores", scores);
        var loss = Onnx.Losses.CrossEntropy()(scores, target);
        var weights = Onnx.Gradients.Weights(loss);
        foreach (var (position, weight) in weights.OrderBy(weight => weight.Name, StringComparer.Ordinal).Index()) graph.ReplaceConstant(weight.Name, Formula(position, weight.Name, graph.Constants[weight.Name]));
        var batch = new TrainingBatch([new BatchInput("input", type, [.. shape]), new BatchInput("target", ElementType.Int64, [])], Rows);
        if (type == ElementType.Float) for (var i = 0; i < batch.Floats(0).Length; i++) batch.Floats(0)[i] = (float)Math.Sin(0.61 * i);
        else for (var i = 0; i < batch.Integers(0).Length; i++) batch.Integers(0)[i] = i * 5 % 11;
        for (var row = 0; row < Rows; row++) batch.Integers(1)[row] = row % Classes;
        return (batch, new TrainingGraph { Graph = graph, Loss = loss.Name, Outputs = ["scores"], Weights = [.. weights.Select(weight => new TrainedWeight(weight.Name))] });
    }

    private static Tensor Formula(int position, string name, Tensor weight)
    {
        var shape = weight.Shape.ToArray();
        var isScale = name.Contains("norm", StringComparison.Ordinal) && name.EndsWith(".weight", StringComparison.Ordinal);
        var inputs = name switch
        {
            "tokens.weight" => 1,
            _ when name.StartsWith("lstm", StringComparison.Ordinal) => shape[^1],
            _ => shape.Length switch { 4 => shape[1] * shape[2] * shape[3], 2 => shape[0], _ => shape[^1] },
        };
        return Tensor.Of([.. Enumerable.Range(0, weight.Count).Select(i => (float)(isScale ? 1 + (0.1 * Math.Sin((0.37 * i) + position)) : Math.Sin((0.37 * i) + position) / Math.Sqrt(inputs)))], shape);
    }

    private static Value Mlp(Value input) => input.Dense(8, Any, name: "a").Tanh().Dense(6, Any, name: "b").Relu().Dense(Classes, Any, name: "c");

    private static Value ResNet(Value input)
    {
        var value = input.Conv2D(4, 3, Any, padding: 1, bias: false, name: "first").BatchNorm(name: "norm").Relu();
        var left = value.Conv2D(6, 3, Any, stride: 2, padding: 1, bias: false, name: "left").BatchNorm(name: "left_norm");
        return (left + value.Conv2D(6, 1, Any, stride: 2, bias: false, name: "short")).Relu().GlobalAveragePool().Reshape(-1, 6).Dense(Classes, Any, name: "head");
    }

    private static Value Encoder(Value ids)
    {
        var value = ids.Embedding(11, 8, Any, name: "tokens");
        value = value.Residual(part => part.MultiHeadAttention(2, Any, name: "attention")).LayerNorm(name: "norm1");
        value = value.Residual(part => part.Dense(16, Any, name: "up").Gelu().Dense(8, Any, name: "down")).LayerNorm(name: "norm2");
        return value.ReduceMean([1], keepDims: false).Dense(Classes, Any, name: "head");
    }

    private static Value Lstm(Value input) => input.Lstm(5, Any, name: "lstm").Slice(5, 6, 1).Reshape(-1, 5).Dense(Classes, Any, name: "head");
}
