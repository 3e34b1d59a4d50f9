using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>
/// A product of matrices, (A, B, bias) → A·B' + bias, where the dimensions of A but the last are one. Blocks of B are packed in the order in which they are read, by all threads; A is read
/// where it is, but for rows so long that they would be in each other's way in the cache.
/// </summary>
/// <param name="transB">Whether B' is B transposed.</param>
/// <param name="hasBias">Whether there is a bias.</param>
/// <param name="end">What is made of the result.</param>
internal sealed unsafe class ProductKernel(bool transB, bool hasBias = false, ProductEnd end = ProductEnd.None) : Kernel
{
    /// <summary>The numbers of packed blocks, which stay in the second level of the caches, and how wide they are at most.</summary>
    private const int Block = 384 * 1024, BlockWidth = 1024;

    /// <summary>The numbers of the rows of A that a part packs: as much stack as is safe on any thread.</summary>
    private const int PartOfLeft = 12 * 1024;

    /// <summary>The numbers of a row of A up to which it is read where it is.</summary>
    private const int MostUnpacked = 512;

    /// <summary>The rows of a block that a part packs.</summary>
    private const int PackedRows = 32;

    /// <summary>The numbers of a line of the cache.</summary>
    private const int Line = 16;

    private float* _left, _right, _bias, _result, _packed, _slope, _factor;
    private int _rows, _depth, _columns, _rightStride, _rowsOfPart;
    private int _firstColumn, _firstDepth, _blockColumns, _blockDepth;
    private bool _isPacking;

    public override void Run(in KernelCall call)
    {
        var (left, right) = (call.Input(0), call.Input(1));
        _left = left.Floats;
        _right = right.Floats;
        _bias = hasBias ? call.Input(2).Floats : null;
        (_depth, _rightStride) = ((int)left.Shape[^1], (int)right.Shape[^1]);
        _rows = (int)(left.Count / _depth);
        _columns = transB ? (int)right.Shape[0] : _rightStride;
        Span<long> shape = stackalloc long[left.Rank];
        left.Shape.CopyTo(shape);
        shape[^1] = _columns;
        _result = call.Output(0, shape);
        var outputs = 1;
        if (end == ProductEnd.Gelu) _slope = call.Output(outputs++, shape);
        if (end == ProductEnd.Factor) _factor = call.Input(2).Floats;

        // Blocks of one size each: none is so thin that storing the result takes longer than what is added to it.
        var columns = Even(_columns, BlockWidth, ProductTile.Columns);
        var depth = Even(_depth, Math.Min(Block / columns, PartOfLeft / ProductTile.Rows), 4);
        var room = call.Output(outputs, [(((long)depth * columns) + Line) * sizeof(float)]);
        _packed = (float*)(((nint)room + 63) & ~63);
        for (_firstColumn = 0; _firstColumn < _columns; _firstColumn += columns)
        {
            _blockColumns = Math.Min(columns, _columns - _firstColumn);
            for (_firstDepth = 0; _firstDepth < _depth; _firstDepth += depth)
            {
                _blockDepth = Math.Min(depth, _depth - _firstDepth);
                _isPacking = true;
                call.ForEach(this, transB ? Parts(_blockColumns, ProductTile.Columns) : Parts(_blockDepth, PackedRows));
                _isPacking = false;
                _rowsOfPart = Math.Clamp(Math.Min(_rows / 16, PartOfLeft / _blockDepth) / ProductTile.Rows * ProductTile.Rows, ProductTile.Rows, 4 * ProductTile.Rows);
                call.ForEach(this, Parts(_rows, _rowsOfPart));
            }
        }
    }

    public override void Part(int part)
    {
        if (!_isPacking) Multiply(part * _rowsOfPart);
        else if (transB) PackTransposed(part * ProductTile.Columns);
        else Pack(part * PackedRows);
    }

    private static int Even(int count, int most, int multiple)
    {
        var blocks = (count + most - 1) / most;
        return ProductTile.Whole((count + blocks - 1) / blocks, multiple);
    }

    private void PackTransposed(int column) =>
        ProductTile.PackTransposed(_right + ((long)(_firstColumn + column) * _rightStride) + _firstDepth, _rightStride, Math.Min(ProductTile.Columns, _blockColumns - column), _blockDepth, ProductTile.Columns, _packed + ((long)column * _blockDepth));

    private void Pack(int row) =>
        ProductTile.Pack(_right + ((long)(_firstDepth + row) * _rightStride) + _firstColumn, _rightStride, _blockColumns, Math.Min(PackedRows, _blockDepth - row), ProductTile.Columns, _packed + (row * ProductTile.Columns), (long)_blockDepth * ProductTile.Columns);

    /// <summary>A part's rows of a block.</summary>
    [SkipLocalsInit]
    private void Multiply(int row)
    {
        var rows = Math.Min(_rowsOfPart, _rows - row);
        var left = _left + ((long)row * _depth) + _firstDepth;
        (long rowStride, long leftStride, long panelStride) = (_depth, 1, ProductTile.Rows * (long)_depth);
        if (rows % ProductTile.Rows != 0 || _blockDepth > MostUnpacked)
        {
            var space = stackalloc float[PartOfLeft + Line];
            var packed = (float*)(((nint)space + 63) & ~63);
            ProductTile.PackTransposed(left, _depth, rows, _blockDepth, ProductTile.Rows, packed);
            left = packed;
            (rowStride, leftStride, panelStride) = (1, ProductTile.Rows, ProductTile.Rows * (long)_blockDepth);
        }

        // The rows of the next part are fetched meanwhile.
        var ahead = _left + ((long)(row + rows) * _depth) + _firstDepth;
        var aheadStride = ProductTile.Ahead((long)rows * _depth, (long)Parts(_blockColumns, ProductTile.Columns) * Parts(rows, ProductTile.Rows) * _blockDepth);
        var start = _firstDepth > 0 ? TileStart.Result : hasBias ? TileStart.Bias : TileStart.Zero;
        for (var column = 0; column < _blockColumns; column += ProductTile.Columns)
        {
            var columns = Math.Min(ProductTile.Columns, _blockColumns - column);
            var to = _result + ((long)row * _columns) + _firstColumn + column;
            var right = _packed + ((long)column * _blockDepth);
            var bias = _bias + _firstColumn + column;
            for (var i = 0; i < rows; i += ProductTile.Rows, ahead += aheadStride * _blockDepth)
            {
                ProductTile.Multiply(left + (i / ProductTile.Rows * panelStride), rowStride, leftStride, right, _blockDepth, to + ((long)i * _columns), _columns, Math.Min(ProductTile.Rows, rows - i), columns, start, bias, ahead, aheadStride);
            }
        }

        if (end == ProductEnd.None || _firstDepth + _blockDepth < _depth) return;
        for (var i = row; i < row + rows; i++) End(((long)i * _columns) + _firstColumn);
    }

    /// <summary>A row of a block; its numbers fill vectors, or there is no end.</summary>
    private void End(long place)
    {
        for (var i = place; i < place + _blockColumns; i += Vector<float>.Count)
        {
            var x = Vector.Load(_result + i);
            if (end == ProductEnd.Factor)
            {
                (x * Vector.Load(_factor + i)).Store(_result + i);
                continue;
            }

            var (below, density) = NormalDistribution.Of(x);
            (x * below).Store(_result + i);
            Vector.MultiplyAddEstimate(x, density, below).Store(_slope + i);
        }
    }
}
