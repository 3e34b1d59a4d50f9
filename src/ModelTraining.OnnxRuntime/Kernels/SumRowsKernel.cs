using System.Numerics.Tensors;

namespace ModelTraining;

/// <summary>
/// The gradient of Gather along the first axis: (indices, rows) → a table in which each row is the sum of those that have its index. A part of the table belongs to one
/// thread, which adds in the order of the indices.
/// </summary>
/// <param name="shape">The shape of the table.</param>
internal sealed unsafe class SumRowsKernel(long[] shape) : Kernel
{
    private readonly int _width = (int)shape.Skip(1).Aggregate(1L, (product, size) => product * size);
    private long* _indices;
    private float* _rows, _result;
    private long _count, _each;

    public override void Run(in KernelCall call)
    {
        var indices = call.Input(0);
        _indices = (long*)indices.Memory;
        _rows = call.Input(1).Floats;
        _result = call.Output(0, shape);
        _count = indices.Count;

        // Each part looks at all indices; so there are few.
        _each = Math.Max(Math.Max(1, PartSize / Math.Max(1, _width)), (shape[0] + 15) / 16);
        if (shape[0] > 0) call.ForEach(this, Parts(shape[0], _each));
    }

    public override void Part(int part)
    {
        var (first, end) = (part * _each, Math.Min(shape[0], (part + 1) * _each));
        new Span<float>(_result + (first * _width), checked((int)((end - first) * _width))).Clear();
        for (var i = 0L; i < _count; i++)
        {
            var row = _indices[i] < 0 ? _indices[i] + shape[0] : _indices[i];
            if (row < first || row >= end) continue;
            var sum = new Span<float>(_result + (row * _width), _width);
            TensorPrimitives.Add(sum, new ReadOnlySpan<float>(_rows + (i * _width), _width), sum);
        }
    }
}
