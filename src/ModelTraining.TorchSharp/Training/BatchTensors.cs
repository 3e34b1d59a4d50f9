using TorchSharp;

namespace ModelTraining.Torch;

/// <summary>A batch's memory as tensors: the memory itself on the CPU, a copy on a GPU, by way of memory that it reads directly.</summary>
internal sealed class BatchTensors : IDisposable
{
    private readonly List<(torch.Tensor Memory, torch.Tensor? Pinned, torch.Tensor OnDevice)> _copied = [];
    private readonly torch.Device _device;

    public BatchTensors(IEnumerable<(Array Memory, long[] Shape)> inputs, torch.Device device)
    {
        _device = device;
        Tensors = [.. inputs.Select(input => Add(input.Memory, input.Shape))];
    }

    /// <summary>The tensors on the device.</summary>
    public torch.Tensor[] Tensors { get; }

    /// <summary>Brings what the memory holds now to the device. The memory may be filled again when a result of the step has been read.</summary>
    public void Send()
    {
        foreach (var (memory, pinned, onDevice) in _copied)
        {
            pinned!.copy_(memory);
            onDevice.copy_(pinned, nonBlocking: true);
        }
    }

    public void Dispose()
    {
        foreach (var tensor in Tensors) tensor.Dispose();
        foreach (var (memory, pinned, _) in _copied)
        {
            memory.Dispose();
            pinned?.Dispose();
        }
    }

    private torch.Tensor Add(Array memory, long[] shape)
    {
        var tensor = TorchTensors.Over(memory, shape);
        if (_device.type == DeviceType.CPU) return tensor;
        var onDevice = TorchTensors.Kept(tensor.to(_device));
        _copied.Add((tensor, TorchTensors.Kept(tensor.pin_memory()), onDevice));
        return onDevice;
    }
}
