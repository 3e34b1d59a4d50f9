using Microsoft.ML.OnnxRuntime;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Gradients;

/// <summary>A graph in ONNX Runtime that is run many times.</summary>
internal sealed class GraphSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();

    public GraphSession(Graph graph)
        : this(OnnxFile.ToBytes(graph))
    {
    }

    public GraphSession(byte[] model)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1 };
        _session = new InferenceSession(model, options);
    }

    public T[][] Run<T>(Dictionary<string, (T[] Elements, long[] Shape)> inputs) where T : unmanaged
    {
        var values = inputs.Where(pair => _session.InputMetadata.ContainsKey(pair.Key)).ToDictionary(pair => pair.Key, pair => GraphRun.Create(pair.Value.Elements, pair.Value.Shape));
        try
        {
            using var outputs = _session.Run(_run, values, _session.OutputNames);
            return [.. outputs.Select(output => output.GetTensorDataAsSpan<T>().ToArray())];
        }
        finally
        {
            foreach (var value in values.Values) value.Dispose();
        }
    }

    /// <summary>All outputs by name, for inputs of any type; those that the graph does not take are passed over.</summary>
    public Dictionary<string, (Array Elements, long[] Shape)> RunAny(IEnumerable<(string Name, Array Elements, long[] Shape)> inputs)
    {
        var values = inputs.Where(input => _session.InputMetadata.ContainsKey(input.Name)).ToDictionary(input => input.Name, input => GraphRun.Create(input.Elements, input.Shape));
        try
        {
            using var outputs = _session.Run(_run, values, _session.OutputNames);
            return _session.OutputNames.Zip(outputs).ToDictionary(pair => pair.First, pair => GraphRun.Read(pair.Second));
        }
        finally
        {
            foreach (var value in values.Values) value.Dispose();
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }
}
