using System.Globalization;

namespace ModelTraining;

/// <summary>Where libtorch computes.</summary>
public readonly record struct Device
{
    private readonly int _number; // of the CUDA device, from 1; 0 for the CPU, so that the default is one

    private Device(int number) => _number = number;

    /// <summary>The processor.</summary>
    public static Device Cpu => default;

    /// <summary>An NVIDIA GPU.</summary>
    /// <param name="index">Its number, from 0. Default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static Device Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new Device(index + 1);
    }

    /// <summary>Whether it is a GPU.</summary>
    public bool IsCuda => _number > 0;

    /// <summary>The number of the GPU, from 0; 0 for the CPU.</summary>
    public int Index => Math.Max(_number - 1, 0);

    /// <summary>The name that PyTorch has for it, for example cuda:0.</summary>
    public override string ToString() => IsCuda ? string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}") : "cpu";
}
