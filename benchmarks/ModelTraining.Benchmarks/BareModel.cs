using Microsoft.ML.OnnxRuntime;

namespace ModelTraining.Benchmarks;

/// <summary>A model in ONNX Runtime alone, with its inputs in tensors that are made once.</summary>
internal sealed class BareModel : IDisposable
{
    public static readonly string Peer = $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}, prepared tensors";

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly Dictionary<string, OrtValue>[] _batches;
    private readonly int _scores;

    public BareModel(string path, SessionOptions options, Table table, string[] inputs, int batches, int rowsEach)
    {
        _session = new InferenceSession(path, options);
        _scores = _session.OutputNames.ToList().FindIndex(name => _session.OutputMetadata[name].ElementType == typeof(float));
        _batches = new Dictionary<string, OrtValue>[batches];
        for (var batch = 0; batch < batches; batch++)
        {
            int[] rows = [.. Enumerable.Range(batch * rowsEach, rowsEach)];
            _batches[batch] = inputs.ToDictionary(name => name, name => Tensor(table[name].Take(rows)));
        }
    }

    /// <summary>The probabilities of a batch.</summary>
    public float[] Run(int batch)
    {
        using var outputs = _session.Run(_options, _batches[batch], _session.OutputNames);
        return outputs[_scores].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose()
    {
        foreach (var tensor in _batches.SelectMany(batch => batch.Values)) tensor.Dispose();
        _session.Dispose();
        _options.Dispose();
    }

    private static OrtValue Tensor(Column column)
    {
        if (column is not TextColumn text)
        {
            var numbers = new float[column.Count];
            column.CopyTo(numbers);
            return OrtValue.CreateTensorValueFromMemory(numbers, [column.Count, 1]);
        }

        var texts = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [column.Count, 1]);
        for (var row = 0; row < text.Count; row++) texts.StringTensorSetElementAt(text.Text(row) ?? "", row);
        return texts;
    }
}
