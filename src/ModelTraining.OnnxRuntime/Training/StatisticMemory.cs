using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>A running mean or variance of batch normalisation.</summary>
internal sealed class StatisticMemory : IDisposable
{
    private readonly float _keep;

    public StatisticMemory(RunningStatistic statistic, Tensor initial)
    {
        (Name, Shape, _keep, Batch) = (statistic.Constant, [.. initial.Shape], statistic.Keep, statistic.Batch.Name);
        Values = GC.AllocateArray<float>(initial.Count, pinned: true);
        InBatch = GC.AllocateArray<float>(initial.Count, pinned: true);
        initial.Elements<float>().CopyTo(Values);
        BoundValues = OrtValue.CreateTensorValueFromMemory(Values, [.. Shape]);
        BoundInBatch = OrtValue.CreateTensorValueFromMemory(InBatch, [.. Shape]);
    }

    public string Name { get; }

    public ImmutableArray<long> Shape { get; }

    /// <summary>The output of the training graph that holds the statistic of the batch.</summary>
    public string Batch { get; }

    public float[] Values { get; }

    public float[] InBatch { get; }

    public OrtValue BoundValues { get; }

    public OrtValue BoundInBatch { get; }

    /// <summary>Follows the last batch.</summary>
    public void Follow()
    {
        for (var i = 0; i < Values.Length; i++) Values[i] = (Values[i] * _keep) + (InBatch[i] * (1 - _keep));
    }

    public void Dispose()
    {
        BoundValues.Dispose();
        BoundInBatch.Dispose();
    }
}
