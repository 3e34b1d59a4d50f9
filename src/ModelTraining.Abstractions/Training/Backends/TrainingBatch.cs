using System.Collections.Immutable;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// Rows on their way into a training session: memory for every input of the graph that stays in its place, so that a backend can bind it once. Fill it,
/// use it, fill it again. One thread at a time.
/// </summary>
public sealed class TrainingBatch
{
    private readonly Array[] _memory;

    /// <param name="inputs">The inputs.</param>
    /// <param name="rows">How many rows it holds, always: a shorter last batch is another one.</param>
    public TrainingBatch(ImmutableArray<BatchInput> inputs, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        (Inputs, Rows) = (inputs, rows);
        _memory = [.. inputs.Select(input => (Array)(input.Type switch
        {
            ElementType.Float => GC.AllocateArray<float>(checked(rows * input.RowSize), pinned: true),
            ElementType.Int64 => GC.AllocateArray<long>(checked(rows * input.RowSize), pinned: true),
            ElementType.Int32 => GC.AllocateArray<int>(checked(rows * input.RowSize), pinned: true),
            ElementType.Int8 => GC.AllocateArray<sbyte>(checked(rows * input.RowSize), pinned: true),
            ElementType.UInt8 => GC.AllocateArray<byte>(checked(rows * input.RowSize), pinned: true),
            ElementType.Bool => GC.AllocateArray<bool>(checked(rows * input.RowSize), pinned: true),
            _ => throw new ArgumentException($"Input '{input.Name}' is {input.Type}; a batch holds Float, Int64, Int32, Int8, UInt8 and Bool.", nameof(inputs)),
        }))];
    }

    /// <summary>The inputs.</summary>
    public ImmutableArray<BatchInput> Inputs { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The values of an input of <see cref="ElementType.Float"/>, [rows, the row's shape].</summary>
    public Span<float> Floats(int input) => (float[])_memory[input];

    /// <summary>The values of an input of <see cref="ElementType.Int64"/>, [rows, the row's shape].</summary>
    public Span<long> Integers(int input) => (long[])_memory[input];

    /// <summary>The values of an input of any type that a batch holds, [rows, the row's shape].</summary>
    /// <typeparam name="T">The .NET type of the input: float, long, int, sbyte, byte or bool.</typeparam>
    /// <exception cref="InvalidCastException">The input is of another type.</exception>
    public Span<T> Elements<T>(int input) where T : unmanaged => _memory[input] is T[] elements && _memory[input].GetType() == typeof(T[])
        ? elements
        : throw new InvalidCastException($"Input '{Inputs[input].Name}' is {Inputs[input].Type}, whose elements are not {typeof(T).Name}.");

    /// <summary>The pinned memory of an input, for backends.</summary>
    internal Array Memory(int input) => _memory[input];

    /// <summary>The shape of an input with the rows in front.</summary>
    internal long[] Shape(int input) => [Rows, .. Inputs[input].RowShape];
}
