using TorchSharp;

namespace ModelTraining.Torch;

/// <summary>A function of TorchScript with its fixed tensors.</summary>
internal sealed class CompiledScript : IDisposable
{
    public const string Function = "run";

    private readonly torch.jit.CompilationUnit _unit;
    private readonly SessionMemory _memory;
    private readonly int _rows;

    /// <param name="source">The source.</param>
    /// <param name="tensors">Makes what is c[0], c[1], … in it.</param>
    /// <param name="memory">What is said where it is used up.</param>
    /// <param name="rows">The rows of a batch.</param>
    public CompiledScript(string source, Func<torch.Tensor[]> tensors, SessionMemory memory, int rows)
    {
        (_memory, _rows) = (memory, rows);
        Fixed = memory.Guard(rows, tensors);
        _unit = torch.jit.compile(source);
    }

    /// <summary>The fixed tensors.</summary>
    public torch.Tensor[] Fixed { get; }

    /// <exception cref="ModelTrainingException">MT3203: out of memory. MT3204: libtorch stopped with an error.</exception>
    public object Run(object[] arguments) => _memory.Guard(_rows, () => PlainExecution.Invoke(_unit, Function, arguments));

    public void Dispose()
    {
        foreach (var tensor in Fixed) tensor.Dispose();
        _unit.Dispose();
    }
}
