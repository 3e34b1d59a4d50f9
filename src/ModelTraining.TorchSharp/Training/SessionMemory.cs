using System.Runtime.InteropServices;

namespace ModelTraining.Torch;

/// <summary>The memory that a session takes, and what is said when libtorch gets none.</summary>
internal sealed class SessionMemory
{
    private const int Mebi = 20;

    private readonly Device _device;
    private readonly long _weights;
    private long _peak;

    public SessionMemory(Device device, TrainingGraph graph) => (_device, _weights) = (device, graph.Weights.Sum(weight => (long)graph.Graph.Constants[weight.Name].Count));

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
                $"libtorch is out of memory with {(rows is null ? "" : $"batches of {rows} rows and ")}{_weights} weights; {(_device.IsCuda ? $"of the GPU {use.Bytes >> Mebi} MiB are taken" : $"the process takes {use.Bytes >> Mebi} MiB")}, and {use.PeakBytes >> Mebi} MiB were at most. Halve 'BatchSize' and double 'GradientAccumulationSteps', which trains the same, or have that done by 'RetryOnOutOfMemory'; or use ActivationCheckpointing or Precision.BFloat16. libtorch says: {FirstLine(exception.Message)}"), exception);
        }
        catch (ExternalException exception)
        {
            throw new ModelTrainingException("MT3204", $"libtorch stopped with an error: {LastLine(exception.Message)} Look at the rows of the batch: an index beyond its table is the usual cause.", exception);
        }
    }

    private static bool IsOutOfMemory(string message) =>
        message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase) || message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase);

    private static string FirstLine(string message) => message.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(line => line.Contains("memory", StringComparison.OrdinalIgnoreCase))?.Trim() ?? "";

    /// <summary>An error in TorchScript begins with the place in the script, which the user did not write, and ends with what is wrong.</summary>
    private static string LastLine(string message) => message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
}
