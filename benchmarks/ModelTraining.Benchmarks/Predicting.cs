using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using Microsoft.ML.OnnxRuntime;

namespace ModelTraining.Benchmarks;

/// <summary>Predicts a row through <see cref="Predictor"/>, beside a bare call of ONNX Runtime on prepared tensors.</summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet calls the cleanup, and takes no sealed or disposable class.")]
public class Predicting
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"predicting-{Guid.NewGuid():N}.onnx");
    private readonly Dictionary<string, object?> _row = [];
    private readonly Dictionary<string, OrtValue> _tensors = [];
    private readonly RunOptions _run = new();
    private Predictor? _predictor;
    private InferenceSession? _session;

    /// <summary>Trains and exports a model, and prepares a row for both.</summary>
    [GlobalSetup]
    public void Make()
    {
        var export = Pipeline.From(Csv.Text(MixedTable.Csv(5_000), label: "returns")).Clean().Split()
            .Train(Trees.GradientBoosting(options => options with { Trees = 100 })).Export(_path).RunAsync();
        export.GetAwaiter().GetResult(); // the in-process toolchain does not await a setup
        _predictor = Predictor.Load(_path);
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        _session = new InferenceSession(_path, options);
        foreach (var input in _predictor.Manifest.Inputs)
        {
            _row[input.Name] = input.Type == ColumnType.Text ? "basic" : 1f;
            _tensors[input.Name] = input.Type == ColumnType.Text ? Text("basic") : OrtValue.CreateTensorValueFromMemory(new float[] { 1 }, [1, 1]);
        }
    }

    /// <summary>ONNX Runtime alone.</summary>
    [Benchmark(Baseline = true)]
    public float BareRun()
    {
        using var outputs = _session!.Run(_run, _tensors, _session.OutputNames);
        return outputs[^1].GetTensorDataAsSpan<float>()[0];
    }

    /// <summary>Ours, from a dictionary.</summary>
    [Benchmark]
    public float? PredictorRow() => _predictor!.Predict(_row).Probability;

    /// <summary>Lets the sessions and the file go.</summary>
    [GlobalCleanup]
    public void Release()
    {
        foreach (var tensor in _tensors.Values) tensor.Dispose();
        _predictor?.Dispose();
        _session?.Dispose();
        _run.Dispose();
        File.Delete(_path);
    }

    private static OrtValue Text(string text)
    {
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [1, 1]);
        value.StringTensorSetElementAt(text, 0);
        return value;
    }
}
