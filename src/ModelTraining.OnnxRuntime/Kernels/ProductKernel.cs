using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>
/// A product of matrices, (A, B, bias) → A'·B' + bias, where the dimensions of A but the last are one; and the sums of B's columns where they are wanted: the gradient of a bias
/// beside that of its weights. Blocks of B, and of an A that is transposed, are packed in the order in which they lie in memory, by all threads; rows of another A by the
/// thread that they belong to. ONNX Runtime's product packs no A, which costs a tenth, and where A is transposed three tenths.
/// </summary>
/// <param name="transA">Whether A' is A transposed.</param>
/// <param name="transB">Whether B' is B transposed.</param>
/// <param name="hasBias">Whether there is a bias.</param>
/// <param name="hasSums">Whether the sums are wanted; of a B that is not transposed.</param>
internal sealed unsafe class ProductKernel(bool transA, bool transB, bool hasBias, bool hasSums) : Kernel
{
    /// <summary>The numbers of packed blocks, which stay in the second level of the caches, and how wide they are at most.</summary>
    private const int Block = 384 * 1024, BlockWidth = 1024;

    /// <summary>The numbers of the rows of A that a part packs: as much stack as is safe on any thread.</summary>
    private const int PartOfLeft = 12 * 1024;

    /// <summary>The rows of a block that a part packs.</summary>
    private const int PackedRows = 32;

    /// <summary>The numbers of a line of the cache.</summary>
    private const int Line = 16;

    private float* _left, _right, _bias, _result, _sums, _packedRight, _packedLeft, _partSums;
    private int _rows, _depth, _columns, _leftStride, _rightStride, _rowsOfPart;
    private int _firstRow, _firstColumn, _firstDepth, _blockRows, _blockColumns, _blockDepth, _partsOfRight;
    private bool _isPacking;

    public override void Run(in KernelCall call)
    {
        var (left, right) = (call.Input(0), call.Input(1));
        _left = left.Floats;
        _right = right.Floats;
        _bias = hasBias ? call.Input(2).Floats : null;
        (_leftStride, _rightStride) = ((int)left.Shape[^1], (int)right.Shape[^1]);
        (_rows, _depth) = ((int)(left.Count / _leftStride), _leftStride);
        if (transA) (_rows, _depth) = (_depth, _rows);
        _columns = transB ? (int)right.Shape[0] : _rightStride;
        Span<long> shape = stackalloc long[left.Rank];
        left.Shape.CopyTo(shape);
        shape[^1] = _columns;
        _result = call.Output(0, transA ? [_rows, _columns] : shape);
        if (hasSums) _sums = call.Output(1, [_columns]);

        // Blocks of one size each: none is so thin that storing the result takes longer than what is added to it.
        var columns = Even(_columns, BlockWidth, ProductTile.Columns);
        var rows = transA ? Even(_rows, BlockWidth, ProductTile.Rows) : 0;
        var depth = Even(_depth, Math.Min(Block / (columns + rows), PartOfLeft / ProductTile.Rows), 4);
        var partSums = hasSums ? Parts(depth, PackedRows) * (long)columns : 0;
        var room = call.Output(hasSums ? 2 : 1, [(((long)depth * (columns + rows)) + partSums + Line) * sizeof(float)]);
        _packedRight = (float*)(((nint)room + 63) & ~63);
        _packedLeft = _packedRight + ((long)depth * columns);
        _partSums = _packedLeft + ((long)depth * rows);
        if (!transA) rows = _rows;
        for (_firstColumn = 0; _firstColumn < _columns; _firstColumn += columns)
        {
            _blockColumns = Math.Min(columns, _columns - _firstColumn);
            for (_firstDepth = 0; _firstDepth < _depth; _firstDepth += depth)
            {
                _blockDepth = Math.Min(depth, _depth - _firstDepth);
                for (_firstRow = 0; _firstRow < _rows; _firstRow += rows) Add(call, Math.Min(rows, _rows - _firstRow));
            }
        }
    }

    public override void Part(int part)
    {
        if (!_isPacking) Multiply(part * _rowsOfPart);
        else if (part >= _partsOfRight) PackLeft((part - _partsOfRight) * PackedRows);
        else if (transB) PackTransposedRight(part * ProductTile.Columns);
        else PackRight(part);
    }

    /// <summary>Adds the products of a block of A and a block of B.</summary>
    private void Add(in KernelCall call, int rows)
    {
        _blockRows = rows;
        _partsOfRight = _firstRow > 0 ? 0 : transB ? Parts(_blockColumns, ProductTile.Columns) : Parts(_blockDepth, PackedRows);
        var parts = _partsOfRight + (transA ? Parts(_blockDepth, PackedRows) : 0);
        _isPacking = true;
        if (parts > 0) call.ForEach(this, parts);
        _isPacking = false;
        if (hasSums && _firstRow == 0) AddSums();
        _rowsOfPart = Math.Clamp(Math.Min(rows / 16, PartOfLeft / _blockDepth) / ProductTile.Rows * ProductTile.Rows, ProductTile.Rows, 4 * ProductTile.Rows);
        call.ForEach(this, Parts(rows, _rowsOfPart));
    }

    private static int Even(int count, int most, int multiple)
    {
        var blocks = (count + most - 1) / most;
        return ProductTile.Whole((count + blocks - 1) / blocks, multiple);
    }

    private void PackLeft(int row) =>
        ProductTile.Pack(_left + ((long)(_firstDepth + row) * _leftStride) + _firstRow, _leftStride, _blockRows, Math.Min(PackedRows, _blockDepth - row), ProductTile.Rows, _packedLeft + (row * ProductTile.Rows), (long)_blockDepth * ProductTile.Rows);

    private void PackTransposedRight(int column) =>
        ProductTile.PackTransposed(_right + ((long)(_firstColumn + column) * _rightStride) + _firstDepth, _rightStride, Math.Min(ProductTile.Columns, _blockColumns - column), _blockDepth, ProductTile.Columns, _packedRight + ((long)column * _blockDepth));

    private void PackRight(int part)
    {
        var row = part * PackedRows;
        var rows = Math.Min(PackedRows, _blockDepth - row);
        var to = _packedRight + (row * ProductTile.Columns);
        var panelStride = (long)_blockDepth * ProductTile.Columns;
        ProductTile.Pack(_right + ((long)(_firstDepth + row) * _rightStride) + _firstColumn, _rightStride, _blockColumns, rows, ProductTile.Columns, to, panelStride);
        if (!hasSums) return;
        var sums = _partSums + ((long)part * ProductTile.Whole(_blockColumns, ProductTile.Columns));
        for (var column = 0; column < _blockColumns; column += ProductTile.Columns, to += panelStride)
        {
            var (x, y) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var k = 0; k < rows; k++) (x, y) = (x + Vector512.Load(to + (k * ProductTile.Columns)), y + Vector512.Load(to + (k * ProductTile.Columns) + Vector512<float>.Count));
            x.Store(sums + column);
            y.Store(sums + column + Vector512<float>.Count);
        }
    }

    /// <summary>In the order of the parts, whichever thread had which.</summary>
    private void AddSums()
    {
        var sums = new Span<float>(_sums + _firstColumn, _blockColumns);
        if (_firstDepth == 0) sums.Clear();
        for (var part = 0; part < _partsOfRight; part++) System.Numerics.Tensors.TensorPrimitives.Add(sums, new ReadOnlySpan<float>(_partSums + ((long)part * ProductTile.Whole(_blockColumns, ProductTile.Columns)), _blockColumns), sums);
    }

    [SkipLocalsInit]
    private void Multiply(int row)
    {
        var rows = Math.Min(_rowsOfPart, _blockRows - row);
        var left = _packedLeft + ((long)row * _blockDepth);
        if (!transA)
        {
            var space = stackalloc float[PartOfLeft + Line];
            left = (float*)(((nint)space + 63) & ~63);
            ProductTile.PackTransposed(_left + ((long)row * _leftStride) + _firstDepth, _leftStride, rows, _blockDepth, ProductTile.Rows, left);
        }

        var start = _firstDepth > 0 ? TileStart.Result : hasBias ? TileStart.Bias : TileStart.Zero;
        for (var column = 0; column < _blockColumns; column += ProductTile.Columns)
        {
            var columns = Math.Min(ProductTile.Columns, _blockColumns - column);
            var to = _result + ((long)(_firstRow + row) * _columns) + _firstColumn + column;
            var right = _packedRight + ((long)column * _blockDepth);
            var bias = _bias + _firstColumn + column;
            for (var i = 0; i < rows; i += ProductTile.Rows)
            {
                ProductTile.Multiply(left + ((long)i * _blockDepth), ProductTile.Rows, right, _blockDepth, to + ((long)i * _columns), _columns, Math.Min(ProductTile.Rows, rows - i), columns, start, bias);
            }
        }
    }
}
