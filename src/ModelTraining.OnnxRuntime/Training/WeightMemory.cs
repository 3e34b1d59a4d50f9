using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>A weight that is trained: its values and gradients in memory that ONNX Runtime reads and writes where it is, and what the optimizer keeps for it.</summary>
internal sealed class WeightMemory : IDisposable
{
    public WeightMemory(TrainedWeight weight, Tensor initial, int states, bool average)
    {
        if (initial.Type != ElementType.Float) throw new ModelTrainingException("MT3061", $"Weight '{weight.Name}' is {initial.Type}; Float is trained. Cast it to Float, or leave it out of the weights.");
        Weight = weight;
        Shape = [.. initial.Shape];
        Values = Pinned(initial.Count);
        Gradients = Pinned(initial.Count);
        initial.Elements<float>().CopyTo(Values);
        States = [.. Enumerable.Range(0, states).Select(_ => Pinned(initial.Count))];
        if (average) Average = [.. Values];
        BoundValues = OrtValue.CreateTensorValueFromMemory(Values, [.. Shape]);
        BoundGradients = OrtValue.CreateTensorValueFromMemory(Gradients, [.. Shape]);
    }

    public TrainedWeight Weight { get; }

    public ImmutableArray<long> Shape { get; }

    public float[] Values { get; }

    public float[] Gradients { get; }

    /// <summary>Gradients of several batches; null until a step gathers.</summary>
    public float[]? Gathered { get; set; }

    public ImmutableArray<float[]> States { get; }

    public float[]? Average { get; }

    public OrtValue BoundValues { get; }

    public OrtValue BoundGradients { get; }

    public void Dispose()
    {
        BoundValues.Dispose();
        BoundGradients.Dispose();
    }

    private static float[] Pinned(int count) => GC.AllocateArray<float>(count, pinned: true);
}
