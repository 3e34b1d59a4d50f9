using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>
/// The product of a matrix, transposed, and another: (X, gradient) → X'·gradient, the gradient of weights, where the dimensions of both but the last are one; and the sums of the gradient's columns where they
/// are wanted: the gradient of a bias. Groups of rows give a sum each, and a thread that has a group has it alone: what one thread packs, no other reads. X is read where it is.
/// </summary>
/// <param name="hasSums">Whether the sums are wanted.</param>
internal sealed unsafe class WeightGradientKernel(bool hasSums) : Kernel
{
    /// <summary>The rows that are packed at a time: with the same rows of X, they stay in the second level of the caches.</summary>
    private const int Chunk = 256;

    /// <summary>The numbers of a line of the cache.</summary>
    private const int Line = 16;

    /// <summary>The numbers of the results of all groups that are worth adding up, and how many groups there are at least and at most where rows suffice.</summary>
    private const int Worth = 64 * 1024, FewestGroups = 2, MostGroups = 8;

    // What a number is does not depend on how columns are divided among threads.
    private static readonly int FewestParts = Environment.ProcessorCount;

    private float* _left, _right, _result, _sums, _packed, _others, _sumsOfGroups;
    private int _rows, _width, _columns, _groups, _rowsOfGroup, _columnsOfPart, _blocks;
    private bool _isAdding;

    /// <summary>The numbers that a part packs: columns of the gradient, and what is left of X beside whole panels.</summary>
    private int PackedSize => (_columnsOfPart + ProductTile.Rows) * Chunk;

    public override void Run(in KernelCall call)
    {
        var (left, right) = (call.Input(0), call.Input(1));
        _left = left.Floats;
        _right = right.Floats;
        (_width, _columns) = ((int)left.Shape[^1], (int)right.Shape[^1]);
        _rows = (int)(left.Count / _width);
        var size = (long)_width * _columns;
        _groups = Math.Clamp(_rows / Chunk, 1, (int)Math.Clamp(Worth / size, FewestGroups, MostGroups));
        _rowsOfGroup = Parts(_rows, _groups);
        _columnsOfPart = ProductTile.Whole(Parts(_columns, Parts(FewestParts, _groups)), ProductTile.Columns);
        _blocks = Parts(_columns, _columnsOfPart);
        _result = call.Output(0, [_width, _columns]);
        if (hasSums) _sums = call.Output(1, [_columns]);

        // Room: what parts pack, then the results and the sums of groups.
        var packed = (long)_groups * _blocks * PackedSize;
        var room = call.Output(2, [(Line + packed + ((_groups - 1) * size) + (_groups * _columns)) * sizeof(float)]);
        _packed = (float*)(((nint)room + 63) & ~63);
        _others = _packed + packed;
        _sumsOfGroups = _others + ((_groups - 1) * size);
        _isAdding = false;
        call.ForEach(this, _groups * _blocks);
        _isAdding = true;
        if (_groups > 1) call.ForEach(this, Parts(size));
        if (!hasSums) return;
        var sums = new Span<float>(_sums, _columns);
        new ReadOnlySpan<float>(_sumsOfGroups, _columns).CopyTo(sums);
        for (var group = 1; group < _groups; group++) TensorPrimitives.Add(sums, new ReadOnlySpan<float>(_sumsOfGroups + ((long)group * _columns), _columns), sums);
    }

    public override void Part(int part)
    {
        if (_isAdding) AddGroups((long)part * PartSize);
        else Multiply(part / _blocks, part % _blocks * _columnsOfPart, _packed + (part * (long)PackedSize));
    }

    /// <summary>Columns of the result of a group.</summary>
    private void Multiply(int group, int column, float* packed)
    {
        var columns = Math.Min(_columnsOfPart, _columns - column);
        var result = (group == 0 ? _result : _others + ((group - 1L) * _width * _columns)) + column;
        var sums = _sumsOfGroups + ((long)group * _columns) + column;
        if (hasSums) new Span<float>(sums, columns).Clear();
        var rest = packed + (_columnsOfPart * Chunk);
        var whole = _width / ProductTile.Rows * ProductTile.Rows;
        var (first, end) = (group * _rowsOfGroup, Math.Min(_rows, (group + 1) * _rowsOfGroup));
        for (var row = first; row < end; row += Chunk)
        {
            var depth = Math.Min(Chunk, end - row);
            ProductTile.Pack(_right + ((long)row * _columns) + column, _columns, columns, depth, ProductTile.Columns, packed, (long)depth * ProductTile.Columns);
            if (hasSums) for (var i = 0; i < columns; i += ProductTile.Columns) AddRows(packed + (i * depth), depth, sums + i, Math.Min(ProductTile.Columns, columns - i));

            // The next rows of X are fetched meanwhile.
            var left = _left + ((long)row * _width);
            var ahead = left + ((long)depth * _width);
            var aheadStride = ProductTile.Ahead((long)depth * _width, (long)whole / ProductTile.Rows * Parts(columns, ProductTile.Columns) * depth);
            var start = row == first ? TileStart.Zero : TileStart.Result;
            for (var i = 0; i < whole; i += ProductTile.Rows, ahead += aheadStride * depth * Parts(columns, ProductTile.Columns))
            {
                ProductTile.MultiplyRow(left + i, 1, _width, packed, depth, result + ((long)i * _columns), _columns, ProductTile.Rows, columns, start, ahead, aheadStride);
            }

            if (whole == _width) continue;
            ProductTile.Pack(left + whole, _width, _width - whole, depth, ProductTile.Rows, rest, 0);
            ProductTile.MultiplyRow(rest, 1, ProductTile.Rows, packed, depth, result + ((long)whole * _columns), _columns, _width - whole, columns, start);
        }
    }

    /// <summary>Adds the rows of a panel.</summary>
    private static void AddRows(float* panel, int rows, float* sums, int columns)
    {
        var (x, y) = (Vector512<float>.Zero, Vector512<float>.Zero);
        for (; rows > 0; rows--, panel += ProductTile.Columns) (x, y) = (x + Vector512.Load(panel), y + Vector512.Load(panel + Vector512<float>.Count));
        for (var i = 0; i < columns; i++) sums[i] += i < Vector512<float>.Count ? x[i] : y[i - Vector512<float>.Count];
    }

    /// <summary>In the order of the groups, whichever thread had which.</summary>
    private void AddGroups(long place)
    {
        var count = (int)Math.Min(PartSize, ((long)_width * _columns) - place);
        var result = new Span<float>(_result + place, count);
        for (var group = 0; group < _groups - 1; group++) TensorPrimitives.Add(result, new ReadOnlySpan<float>(_others + ((long)group * _width * _columns) + place, count), result);
    }
}
