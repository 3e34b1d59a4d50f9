using System.Runtime.InteropServices;
using ModelTraining.Onnx;
using TorchSharp;

namespace ModelTraining.Torch;

/// <summary>A function of TorchScript with its fixed tensors.</summary>
internal sealed class CompiledScript : IDisposable
{
    public const string Function = "run";

    private readonly torch.jit.CompilationUnit _unit;
    private readonly string _memory;

    /// <param name="source">The source.</param>
    /// <param name="tensors">What is c[0], c[1], … in it.</param>
    /// <param name="device">Where they are.</param>
    /// <param name="memory">How much is being computed with, for the error of memory that is used up.</param>
    public CompiledScript(string source, IReadOnlyList<Tensor> tensors, torch.Device device, string memory)
    {
        Fixed = [.. tensors.Select(tensor => TorchTensors.Of(tensor, device))];
        _memory = memory;
        _unit = torch.jit.compile(source);
    }

    /// <summary>The fixed tensors.</summary>
    public torch.Tensor[] Fixed { get; }

    /// <exception cref="ModelTrainingException">MT3203: out of memory. MT3204: libtorch stopped with an error.</exception>
    public object Run(object[] arguments)
    {
        try
        {
            return PlainExecution.Invoke(_unit, Function, arguments);
        }
        catch (ExternalException exception) when (IsOutOfMemory(exception.Message))
        {
            throw new ModelTrainingException("MT3203", FormattableString.Invariant($"libtorch is out of memory with {_memory}; the process has used {Environment.WorkingSet >> 20} MiB. Halve 'BatchSize' and double 'GradientAccumulationSteps', which trains the same, or use Precision.BFloat16. libtorch says: {FirstLine(exception.Message)}"), exception);
        }
        catch (ExternalException exception)
        {
            throw new ModelTrainingException("MT3204", $"libtorch stopped with an error: {LastLine(exception.Message)} Look at the rows of the batch: an index beyond its table is the usual cause.", exception);
        }
    }

    public void Dispose()
    {
        foreach (var tensor in Fixed) tensor.Dispose();
        _unit.Dispose();
    }

    private static bool IsOutOfMemory(string message) =>
        message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase) || message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase);

    private static string FirstLine(string message) => message.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(line => line.Contains("memory", StringComparison.OrdinalIgnoreCase))?.Trim() ?? "";

    /// <summary>An error in TorchScript begins with the place in the script, which the user did not write, and ends with what is wrong.</summary>
    private static string LastLine(string message) => message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
}
