using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;

namespace ModelTraining.Torch;

/// <summary>The memory that a session takes, and what is said when libtorch gets none.</summary>
internal sealed partial class SessionMemory
{
    private const int Mebi = 20;

    /// <summary>libtorch's words on the GPU and on the CPU, and those of cuBLAS and cuDNN.</summary>
    private static readonly string[] OutOfMemory = ["out of memory", "can't allocate memory", "not enough memory", "STATUS_ALLOC_FAILED"];

    /// <summary>
    /// glibc gives freed memory back to the system, and each step takes it again page by page, until it has seen a large block freed: then it keeps up to twice as much (mallopt(3),
    /// M_MMAP_THRESHOLD). This is the largest that it learns from, less what it adds to a block; nothing is written to it, so that it takes no memory.
    /// </summary>
    private const long KeptBytes = (32 << Mebi) - (64 << 10);

    private readonly Device _device;
    private readonly long _weights;
    private long _peak;

    public SessionMemory(Device device, TrainingGraph graph)
    {
        (_device, _weights) = (device, graph.Weights.Sum(weight => (long)graph.Graph.Constants[weight.Name].Count));
        if (!device.IsCuda) torch.empty(KeptBytes, torch.ScalarType.Byte).Dispose();
    }

    /// <summary>That of the GPU, of which libtorch gives nothing back while it runs, or of the process.</summary>
    public MemoryUse Use()
    {
        if (!_device.IsCuda || CudaDriver.Memory(_device.Index) is not { } memory) return MemoryUse.OfProcess();
        _peak = Math.Max(_peak, memory.UsedBytes);
        return new MemoryUse(memory.UsedBytes, _peak);
    }

    /// <summary>Does what takes memory.</summary>
    /// <param name="rows">The rows of the batch that it is done for; null where there is none yet.</param>
    /// <param name="act">What is done.</param>
    /// <exception cref="ModelTrainingException">MT3203: out of memory. MT3204: libtorch stopped with an error.</exception>
    public T Guard<T>(int? rows, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (ExternalException exception) when (IsOutOfMemory(exception.Message))
        {
            var use = Use();
            throw new ModelTrainingException("MT3203", FormattableString.Invariant(
                $"libtorch is out of memory with {(rows is null ? "" : $"batches of {rows} rows and ")}{_weights} weights; {(_device.IsCuda ? $"of the GPU {use.Bytes >> Mebi} MiB are taken" : $"the process takes {use.Bytes >> Mebi} MiB")}, and {use.PeakBytes >> Mebi} MiB were at most. Halve 'BatchSize' and double 'GradientAccumulationSteps', which trains the same, or have that done by 'RetryOnOutOfMemory'; or use ActivationCheckpointing or Precision.BFloat16. libtorch says: {Reason(exception.Message)}"), exception);
        }
        catch (ExternalException exception)
        {
            throw new ModelTrainingException("MT3204", $"libtorch stopped with an error: {Reason(exception.Message)} {Advice(exception.Message)}", exception);
        }
    }

    /// <summary>What is wrong, of all that libtorch says. An error in TorchScript begins with the place in the script, which the user did not write; one outside ends with the place in libtorch.</summary>
    internal static string Reason(string message)
    {
        string[] lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.LastOrDefault(line => Error().IsMatch(line)) ?? lines.FirstOrDefault() ?? "";
    }

    internal static string Advice(string message) =>
        message.Contains("no kernel image", StringComparison.Ordinal) ? "The GPU is older than this libtorch supports (compute capability 7.0). Train with Device.Cpu."
        : message.Contains("device-side assert", StringComparison.Ordinal) ? "An index beyond its table is the usual cause, for example a class that the network has no output for. This process can't use the GPU any more; with Device.Cpu, the error names the operation."
        : message.Contains("CUDA error", StringComparison.Ordinal) ? "This process may not be able to use the GPU any more: start it again."
        : "Look at the rows of the batch: an index beyond its table is the usual cause.";

    internal static bool IsOutOfMemory(string message) => Array.Exists(OutOfMemory, words => message.Contains(words, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"^\w+Error: ")]
    private static partial Regex Error();
}
