using Microsoft.ML.OnnxRuntime;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Runs a graph of one input of numbers and one output of numbers, for the predictions of a model in the trainer's hands. Safe to use from many threads.</summary>
internal sealed class GraphRunner
{
    /// <summary>Blocks are the same whatever the number of threads, and so are their bits.</summary>
    private const int BlockRows = 1024;

    // Let go by its finalizer: models are not disposed.
    private readonly Lazy<InferenceSession> _session;
    private readonly string _input, _output;

    public GraphRunner(Graph graph)
    {
        (_input, _output) = (graph.Inputs[0].Name, graph.Outputs[0].Name);
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
    public unsafe void Run(int rows, int inputWidth, Span<float> outputs, int threads, Action<int, int, float[]> fill)
    {
        if (rows == 0) return;
        var session = _session.Value;
        var outputWidth = outputs.Length / rows;
        var blocks = (rows + BlockRows - 1) / BlockRows;
        fixed (float* memory = outputs)
        {
            var place = (IntPtr)memory;
            Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, block =>
            {
                var first = block * BlockRows;
                var count = Math.Min(BlockRows, rows - first);
                var values = new float[count * inputWidth];
                fill(first, count, values);
                using var input = OrtValue.CreateTensorValueFromMemory(values, [count, inputWidth]);
                using var output = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, [count, outputWidth], place + (nint)first * outputWidth * sizeof(float), (long)count * outputWidth * sizeof(float));
                using var options = new RunOptions();
                session.Run(options, [_input], [input], [_output], [output]);
            });
        }
    }
}
