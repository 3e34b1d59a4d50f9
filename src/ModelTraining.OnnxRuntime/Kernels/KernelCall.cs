using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>A run of a node: where its inputs are, and where its outputs go. Allocates nothing.</summary>
internal readonly unsafe ref struct KernelCall(nint context, void* kernel)
{
    /// <summary>An input.</summary>
    public KernelTensor Input(int index) => new(OrtFunctions.Input(context, index));

    /// <summary>The memory of an output of a shape.</summary>
    public float* Output(int index, ReadOnlySpan<long> shape) => (float*)OrtFunctions.Memory(OrtFunctions.Output(context, index, shape));

    /// <summary>Has <see cref="Kernel.Part"/> called for 0 … <paramref name="parts"/> − 1, on the threads of the session.</summary>
    public void ForEach(Kernel self, int parts)
    {
        if (parts == 1)
        {
            self.Part(0);
            return;
        }

        OrtFunctions.ForEach(context, &KernelOperators.Part, parts, kernel);
        if (self.Failure is not { } failure) return;
        self.Failure = null;
        throw failure;
    }
}

/// <summary>A tensor that a node takes.</summary>
internal readonly unsafe struct KernelTensor
{
    private readonly Sizes _sizes;

    public KernelTensor(nint value)
    {
        Memory = OrtFunctions.Memory(value);
        Rank = OrtFunctions.Shape(value, _sizes);
        if (Rank > Sizes.Most) throw new NotSupportedException($"{Rank} dimensions.");
    }

    public void* Memory { get; }

    public float* Floats => (float*)Memory;

    public int Rank { get; }

    [UnscopedRef]
    public ReadOnlySpan<long> Shape => ((ReadOnlySpan<long>)_sizes)[..Rank];

    public long Count => From(0);

    /// <summary>The number of elements of the dimensions from one on.</summary>
    public long From(int axis)
    {
        var count = 1L;
        foreach (var size in Shape[axis..]) count *= size;
        return count;
    }

    [InlineArray(Most)]
    private struct Sizes
    {
        public const int Most = 8;
        private long _first;
    }
}
