using System.Runtime.InteropServices;
using ModelTraining.Onnx;
using TorchSharp;

namespace ModelTraining.Torch;

/// <summary>Tensors that live as long as a session, whatever scope the caller disposes by.</summary>
internal static class TorchTensors
{
    /// <summary>The most elements that TorchSharp shows at a time: it counts their bytes in 31 bits.</summary>
    private const int Part = 1 << 27;

    /// <summary>A copy of a constant on a device.</summary>
    public static torch.Tensor Of(Tensor tensor, torch.Device device)
    {
        var type = ScriptText.Code(tensor.Type) is { } code && tensor.Type != ElementType.BFloat16 ? (torch.ScalarType)code
            : throw new ModelTrainingException("MT3201", $"The TorchSharp backend can't hold a constant of {tensor.Type}. Cast it to Float or Int64.");
        var here = torch.empty(tensor.Shape.ToArray(), type, torch.CPU);
        switch (tensor.Type)
        {
            case ElementType.Float: Write(here, tensor.Elements<float>()); break;
            case ElementType.Double: Write(here, tensor.Elements<double>()); break;
            case ElementType.Int64: Write(here, tensor.Elements<long>()); break;
            case ElementType.Int32: Write(here, tensor.Elements<int>()); break;
            case ElementType.Int16: Write(here, tensor.Elements<short>()); break;
            case ElementType.Int8: Write(here, tensor.Elements<sbyte>()); break;
            case ElementType.UInt8: Write(here, tensor.Elements<byte>()); break;
            case ElementType.Bool: Write(here, tensor.Elements<bool>()); break;
            default: Write(here, tensor.Elements<Half>()); break;
        }

        if (device.type == DeviceType.CPU) return Kept(here);
        using (here) return Kept(here.to(device));
    }

    /// <summary>Copies the elements of a tensor of the CPU out, in the order of its dimensions.</summary>
    public static void Read<T>(torch.Tensor tensor, Span<T> values) where T : unmanaged
    {
        using var flat = tensor.reshape(-1);
        for (var at = 0L; at < values.Length; at += Part)
        {
            using var part = flat.narrow(0, at, Math.Min(Part, values.Length - at));
            MemoryMarshal.Cast<byte, T>(part.bytes).CopyTo(values[(int)at..]);
        }
    }

    /// <summary>Copies elements into a tensor of the CPU whose memory is in the order of its dimensions.</summary>
    public static void Write<T>(torch.Tensor tensor, ReadOnlySpan<T> values) where T : unmanaged
    {
        using var flat = tensor.view(-1);
        for (var at = 0L; at < values.Length; at += Part)
        {
            using var part = flat.narrow(0, at, Math.Min(Part, values.Length - at));
            values.Slice((int)at, (int)part.NumberOfElements).CopyTo(MemoryMarshal.Cast<byte, T>(part.bytes));
        }
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
