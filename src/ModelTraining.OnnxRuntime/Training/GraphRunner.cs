using Microsoft.ML.OnnxRuntime;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Runs a graph of one input of numbers and one output of numbers, for the predictions of a model in the trainer's hands. Safe to use from many threads.</summary>
internal sealed class GraphRunner
{
    /// <summary>The rows of a block, and the numbers of its largest value, at most. Blocks are the same whatever the number of threads, and so are their bits.</summary>
    private const int MostRows = 1024, MostNumbers = 16 * 1024 * 1024;

    // Let go by its finalizer: models are not disposed.
    private readonly Lazy<InferenceSession> _session;
    private readonly string _input, _output;
    private readonly int _blockRows;

    public GraphRunner(Graph graph)
    {
        (_input, _output) = (graph.Inputs[0].Name, graph.Outputs[0].Name);
        _blockRows = (int)Math.Clamp(MostNumbers / LargestOfRow(graph), 1, MostRows);
        _session = new Lazy<InferenceSession>(() =>
        {
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            return new InferenceSession(OnnxFile.ToBytes(graph), options);
        });
    }

    /// <param name="rows">How many rows there are.</param>
    /// <param name="inputWidth">The numbers of a row that go in.</param>
    /// <param name="outputs">Takes [rows, outputs].</param>
    /// <param name="threads">How many threads to use at most.</param>
    /// <param name="fill">Fills a block: the first row, the number of rows, and where they go.</param>
    /// <param name="cancellationToken">Looked at before each block.</param>
    public unsafe void Run(int rows, int inputWidth, Span<float> outputs, int threads, Action<int, int, float[]> fill, CancellationToken cancellationToken = default)
    {
        if (rows == 0) return;
        var session = _session.Value;
        var outputWidth = outputs.Length / rows;
        var blocks = (rows + _blockRows - 1) / _blockRows;
        fixed (float* memory = outputs)
        {
            var place = (IntPtr)memory;
            Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellationToken }, block =>
            {
                var first = block * _blockRows;
                var count = Math.Min(_blockRows, rows - first);
                var values = new float[count * inputWidth];
                fill(first, count, values);
                using var input = OrtValue.CreateTensorValueFromMemory(values, [count, inputWidth]);
                using var output = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, [count, outputWidth], place + (nint)first * outputWidth * sizeof(float), (long)count * outputWidth * sizeof(float));
                using var options = new RunOptions();
                session.Run(options, [_input], [input], [_output], [output]);
            });
        }
    }

    /// <summary>The numbers of the largest value for a row, as far as sizes are known.</summary>
    private static double LargestOfRow(Graph graph) =>
        graph.Inputs.Select(input => input.Name).Concat(graph.Nodes.SelectMany(node => node.Outputs)).Select(graph.Find)
            .Max(value => value?.Shape is { } shape && shape.Any(size => !size.IsKnown) ? shape.Where(size => size.IsKnown).Aggregate(1.0, (product, size) => product * Math.Max(1, size.Size)) : 1);
}
