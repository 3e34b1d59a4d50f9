using System.Globalization;
using System.Text.Json;
using ModelTraining.Onnx;

namespace ModelTraining.Benchmarks;

/// <summary>Where the time of a step goes: ONNX Runtime's own profile, summed by operator and shapes, products of matrices with their rate.</summary>
internal static class NetworkProfile
{
    /// <param name="args">The name of a network, and the number of threads; all when it is left out.</param>
    public static Task RunAsync(string[] args)
    {
        var network = BenchmarkedNetwork.Named(args.Take(1)) is [var only] ? only : throw new ArgumentException("Name a network.");
        var threads = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Environment.ProcessorCount;
        var folder = Directory.CreateTempSubdirectory("profile");
        using (var session = new OnnxRuntimeTrainingSession(network.Build(), new BackendSettings { Optimizer = new Adam(), Threads = threads }, Path.Combine(folder.FullName, "step")))
        {
            var batch = network.Batch();
            var settings = new StepSettings { LearningRate = 1e-4 };
            for (var i = 0; i < 2 * network.Steps; i++) session.Step(batch, settings);
            Print(session.EndProfile(batch), network.Steps);
        }

        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Of the last steps: the others were run before the code was compiled as hot as it gets.</summary>
    private static void Print(string file, int steps)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var events = json.RootElement.EnumerateArray().Where(item => item.GetProperty("cat").GetString() == "Node" || item.GetProperty("name").GetString() == "model_run").ToList();
        var begin = events.Where(item => item.GetProperty("name").GetString() == "model_run").Select(item => item.GetProperty("ts").GetInt64()).Order().TakeLast(steps).First();
        var nodes = events.Where(item => item.GetProperty("ts").GetInt64() >= begin && item.GetProperty("name").GetString()!.EndsWith("_kernel_time", StringComparison.Ordinal)).Select(Measured.Of).ToList();
        var all = nodes.Sum(node => node.Milliseconds) / steps;
        foreach (var operation in nodes.GroupBy(node => node.Operator).OrderByDescending(group => group.Sum(node => node.Milliseconds)))
        {
            var time = operation.Sum(node => node.Milliseconds) / steps;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{operation.Key,-28} {operation.Count() / (double)steps,5:0.#} nodes {time,9:0.000} ms {time / all,6:0.0%} {Rate(operation)}"));
            foreach (var shape in operation.GroupBy(node => node.Shapes).OrderByDescending(group => group.Sum(node => node.Milliseconds)))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {shape.Key,-64} {shape.Count() / (double)steps,5:0.#} {shape.Sum(node => node.Milliseconds) / steps,9:0.000} ms {Rate(shape)}"));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"in nodes",-28} {nodes.Count / (double)steps,5:0.#} nodes {all,9:0.000} ms"));
    }

    private static string Rate(IEnumerable<Measured> nodes)
    {
        var (operations, time) = nodes.Aggregate((0.0, 0.0), (sum, node) => (sum.Item1 + node.Operations, sum.Item2 + node.Milliseconds));
        return operations == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{operations / time / 1e6:0} GFLOP/s");
    }

    private sealed record Measured(string Operator, string Shapes, double Milliseconds, double Operations)
    {
        public static Measured Of(JsonElement item)
        {
            var args = item.GetProperty("args");
            var (inputs, outputs) = (Sizes(args, "input_type_shape"), Sizes(args, "output_type_shape"));
            var name = args.GetProperty("op_name").GetString()!;

            // A product's operations: 2 · (A · B · C) ^ ½, per batch, whichever of its operands are transposed.
            var operations = 0.0;
            if (name.Contains("Gemm", StringComparison.Ordinal) || name.Contains("MatMul", StringComparison.Ordinal))
            {
                long[] a = inputs[0], b = inputs[1], c = outputs[0];
                var batches = b.Length > 2 ? (double)b.SkipLast(2).Aggregate(1L, (x, y) => x * y) : 1;
                operations = 2 * batches * Math.Sqrt(Count(a) / batches * (Count(b) / batches) * (Count(c) / batches));
            }

            return new Measured(name, $"{string.Join(" ", inputs.Take(3).Select(Text))} -> {string.Join(" ", outputs.Take(1).Select(Text))}", item.GetProperty("dur").GetInt64() / 1e3, operations);
        }

        private static long[][] Sizes(JsonElement args, string name) =>
            [.. args.GetProperty(name).EnumerateArray().Select(tensor => tensor.EnumerateObject().First().Value.EnumerateArray().Select(size => size.GetInt64()).ToArray())];

        private static double Count(long[] sizes) => sizes.Aggregate(1.0, (x, y) => x * y);

        private static string Text(long[] sizes) => $"[{string.Join(",", sizes)}]";
    }
}
