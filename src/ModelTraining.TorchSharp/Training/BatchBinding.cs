using ModelTraining.Onnx;
using TorchSharp;

namespace ModelTraining.Torch;

/// <summary>A batch's inputs as tensors, with the noise that dropout needs for so many rows.</summary>
internal sealed class BatchBinding : IDisposable
{
    private readonly BatchTensors _inputs, _noise;
    private readonly (DropoutNoise Noise, float[] Memory)[] _drawn;
    private bool _hasDrawn;

    /// <param name="batch">The batch.</param>
    /// <param name="graphs">What takes it.</param>
    /// <param name="device">Where it goes.</param>
    /// <param name="drawn">The noise that is drawn here; none where the device draws its own.</param>
    public BatchBinding(TrainingBatch batch, SessionGraphs graphs, torch.Device device, IReadOnlyList<DropoutNoise> drawn)
    {
        _inputs = new BatchTensors(graphs.Taken(batch.Inputs).Select(input => (batch.Memory(input), batch.Shape(input))), device);
        var shapes = drawn.Select(noise => SessionGraphs.NoiseShape(noise, batch.Rows)).ToArray();
        _drawn = [.. drawn.Select((noise, i) => (noise, new float[shapes[i].Aggregate(1L, (product, size) => product * size)]))];
        _noise = new BatchTensors(_drawn.Select((each, i) => ((Array)each.Memory, shapes[i])), device);
    }

    public torch.Tensor[] Inputs => _inputs.Tensors;

    public torch.Tensor[] Noise => _noise.Tensors;

    /// <summary>Draws what dropout drops in the step of a seed: the same bits in every backend.</summary>
    public void Draw(ulong seed)
    {
        for (var i = 0; i < _drawn.Length; i++) _drawn[i].Noise.Fill(_drawn[i].Memory, DropoutNoise.SeedOf(seed, i));
        _hasDrawn = true;
    }

    /// <summary>Brings what was filled and drawn to the device.</summary>
    public void Send()
    {
        _inputs.Send();
        if (_hasDrawn) _noise.Send();
        _hasDrawn = false;
    }

    public void Dispose()
    {
        _inputs.Dispose();
        _noise.Dispose();
    }
}
