using ModelTraining.Onnx;
using TorchSharp;

namespace ModelTraining.Torch;

/// <summary>Tensors that live as long as a session, whatever scope the caller disposes by.</summary>
internal static class TorchTensors
{
    /// <summary>A copy of a constant on a device.</summary>
    public static torch.Tensor Of(Tensor tensor, torch.Device device)
    {
        var shape = tensor.Shape.ToArray();
        if (tensor.Count == 0) return Kept(torch.zeros(shape, (torch.ScalarType)ScriptText.Code(tensor.Type)!.Value, device));
        using var there = tensor.Type switch
        {
            ElementType.Float => torch.tensor(tensor.Elements<float>().ToArray(), shape),
            ElementType.Double => torch.tensor(tensor.Elements<double>().ToArray(), shape),
            ElementType.Int64 => torch.tensor(tensor.Elements<long>().ToArray(), shape),
            ElementType.Int32 => torch.tensor(tensor.Elements<int>().ToArray(), shape),
            ElementType.Int16 => torch.tensor(tensor.Elements<short>().ToArray(), shape),
            ElementType.Int8 => torch.tensor(tensor.Elements<sbyte>().ToArray(), shape),
            ElementType.UInt8 => torch.tensor(tensor.Elements<byte>().ToArray(), shape),
            ElementType.Bool => torch.tensor(tensor.Elements<bool>().ToArray(), shape),
            ElementType.Float16 => torch.tensor(tensor.Elements<Half>().ToArray(), shape),
            var type => throw new ModelTrainingException("MT3201", $"The TorchSharp backend can't hold a constant of {type}. Cast it to Float or Int64."),
        };
        return Kept(there.to(device, copy: true));
    }

    /// <summary>Memory of .NET as a tensor of the CPU, without a copy.</summary>
    public static torch.Tensor Over(Array memory, long[] shape)
    {
        using var flat = torch.frombuffer(memory, Type.GetTypeCode(memory.GetType().GetElementType()) switch
        {
            TypeCode.Single => torch.ScalarType.Float32,
            TypeCode.Double => torch.ScalarType.Float64,
            TypeCode.Int64 => torch.ScalarType.Int64,
            TypeCode.Int32 => torch.ScalarType.Int32,
            TypeCode.SByte => torch.ScalarType.Int8,
            TypeCode.Byte => torch.ScalarType.Byte,
            TypeCode.Boolean => torch.ScalarType.Bool,
            var type => throw new ArgumentException($"A batch holds no {type}.", nameof(memory)),
        });
        return Kept(flat.reshape(shape));
    }

    public static torch.Tensor Zeros(long[] shape, torch.Device device) => Kept(torch.zeros(shape, torch.ScalarType.Float32, device));

    /// <summary>The same with the channels of a pixel side by side, where a tensor has the four dimensions of images or their kernels.</summary>
    public static torch.Tensor ChannelsLast(torch.Tensor tensor)
    {
        if (tensor.dim() != 4) return tensor;
        using (tensor)
        using (var last = tensor.permute(0, 2, 3, 1))
        using (var moved = last.contiguous())
        {
            return Kept(moved.permute(0, 3, 1, 2));
        }
    }

    public static torch.Tensor Kept(torch.Tensor tensor) => tensor.DetachFromDisposeScope();
}
