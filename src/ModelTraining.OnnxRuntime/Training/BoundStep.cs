using Microsoft.ML.OnnxRuntime;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>A batch's memory, bound once as the inputs of a session, with the noise that it needs.</summary>
internal sealed class BoundStep : IDisposable
{
    private readonly List<IDisposable> _owned = [];
    private readonly List<(DropoutNoise Noise, float[] Memory)> _noise = [];

    /// <param name="session">The session.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="noise">The noise that the graph takes.</param>
    public BoundStep(InferenceSession session, Graph graph, TrainingBatch batch, IReadOnlyList<DropoutNoise> noise)
    {
        Binding = Own(session.CreateIoBinding());
        var taken = graph.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < batch.Inputs.Length; i++)
        {
            if (!taken.Contains(batch.Inputs[i].Name)) continue;
            Bind(batch.Inputs[i].Name, Own(Value(batch, i)));
        }

        foreach (var dropout in noise)
        {
            long[] shape = [.. dropout.Input.Shape!.Select(dimension => dimension.IsKnown ? dimension.Size : batch.Rows)];
            var memory = GC.AllocateArray<float>(checked((int)shape.Aggregate(1L, (product, size) => product * size)), pinned: true);
            _noise.Add((dropout, memory));
            Bind(dropout.Input.Name, Own(OrtValue.CreateTensorValueFromMemory(memory, shape)));
        }
    }

    public OrtIoBinding Binding { get; }

    public void Bind(string input, OrtValue value) => Binding.BindInput(input, value);

    /// <summary>Memory for an output that lives as long as the binding.</summary>
    public float[] BindOutput(string output, params long[] shape)
    {
        var memory = GC.AllocateArray<float>(checked((int)shape.Aggregate(1L, (product, size) => product * size)), pinned: true);
        Binding.BindOutput(output, Own(OrtValue.CreateTensorValueFromMemory(memory, shape)));
        return memory;
    }

    /// <summary>Draws what dropout drops in the step of a seed.</summary>
    public void Draw(ulong seed)
    {
        for (var i = 0; i < _noise.Count; i++) _noise[i].Noise.Fill(_noise[i].Memory, DropoutNoise.SeedOf(seed, i));
    }

    public void Dispose()
    {
        foreach (var owned in _owned) owned.Dispose();
        _owned.Clear();
    }

    /// <summary>By the type that the input states: to a cast, an array of signed numbers is one of unsigned ones, too.</summary>
    private static OrtValue Value(TrainingBatch batch, int input) => batch.Inputs[input].Type switch
    {
        ElementType.Float => OrtValue.CreateTensorValueFromMemory((float[])batch.Memory(input), batch.Shape(input)),
        ElementType.Int64 => OrtValue.CreateTensorValueFromMemory((long[])batch.Memory(input), batch.Shape(input)),
        ElementType.Int32 => OrtValue.CreateTensorValueFromMemory((int[])batch.Memory(input), batch.Shape(input)),
        ElementType.Int8 => OrtValue.CreateTensorValueFromMemory((sbyte[])batch.Memory(input), batch.Shape(input)),
        ElementType.UInt8 => OrtValue.CreateTensorValueFromMemory((byte[])batch.Memory(input), batch.Shape(input)),
        _ => OrtValue.CreateTensorValueFromMemory((bool[])batch.Memory(input), batch.Shape(input)),
    };

    private T Own<T>(T owned) where T : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }
}
