using System.Numerics;

namespace ModelTraining;

/// <summary>The gradients of attention: (gradient, queries, keys, values, shares) → towards queries, keys and values. A head's fit the second level of the caches.</summary>
/// <param name="heads">The number of heads.</param>
/// <param name="scale">What scores are multiplied by.</param>
internal sealed unsafe class AttentionGradientKernel(int heads, float scale) : Kernel
{
    private float* _gradient, _query, _key, _content, _shares, _towardsQuery, _towardsKey, _towardsContent;
    private int _length, _others, _width, _size, _packed, _turned;
    private KernelRoom? _room;

    public override void Run(in KernelCall call)
    {
        var (query, key) = (call.Input(1), call.Input(2));
        _gradient = call.Input(0).Floats;
        _query = query.Floats;
        _key = key.Floats;
        _content = call.Input(3).Floats;
        _shares = call.Input(4).Floats;
        (_length, _others, _width) = ((int)query.Shape[1], (int)key.Shape[1], (int)query.Shape[2]);
        _size = _width / heads;
        _towardsQuery = call.Output(0, query.Shape);
        _towardsKey = call.Output(1, key.Shape);
        _towardsContent = call.Output(2, key.Shape);
        _packed = ProductTile.Whole(_size, ProductTile.Columns) * Math.Max(_length, _others);
        _turned = ProductTile.Whole(_others, ProductTile.Columns) * _size;
        _room ??= new KernelRoom(_packed + _turned + (ProductTile.Rows * Math.Max(_size, _others)) + (_length * _others));
        call.ForEach(this, (int)query.Shape[0] * heads);
    }

    /// <summary>A head of a sequence.</summary>
    public override void Part(int part)
    {
        var (image, head) = Math.DivRem(part, heads);
        var packed = _room!.Rent(out var index);
        var turned = packed + _packed;
        var panel = turned + _turned;
        var scores = panel + (ProductTile.Rows * Math.Max(_size, _others));
        var first = ((long)image * _length * _width) + (head * _size);
        var firstOther = ((long)image * _others * _width) + (head * _size);
        var shares = _shares + ((long)part * _length * _others);

        // Towards values: shares' · gradient.
        Pack(_gradient + first, _length, packed);
        Across(shares, packed, _towardsContent + firstOther);

        // Towards scores: gradient · values', through the softmax; and from there, a few rows at a time, towards queries.
        ProductTile.PackTransposed(_content + firstOther, _width, _others, _size, ProductTile.Columns, turned);
        Pack(_key + firstOther, _others, packed);
        for (var next = 0; next < _length; next += ProductTile.Rows)
        {
            // The last rows overlap those before: whole tiles are stored without a detour.
            var row = Math.Max(0, Math.Min(next, _length - ProductTile.Rows));
            var rows = Math.Min(ProductTile.Rows, _length - row);
            var at = first + ((long)row * _width);
            var towards = scores + (row * _others);
            ProductTile.PackTransposed(_gradient + at, _width, rows, _size, ProductTile.Rows, panel);
            ProductTile.MultiplyRow(panel, 1, ProductTile.Rows, turned, _size, towards, _others, rows, _others);
            for (var i = 0; i < rows; i++) TowardsScores(towards + (i * _others), shares + ((long)(row + i) * _others));
            ProductTile.PackTransposed(towards, _others, rows, _others, ProductTile.Rows, panel);
            ProductTile.MultiplyRow(panel, 1, ProductTile.Rows, packed, _others, _towardsQuery + at, _width, rows, _size);
        }

        Pack(_query + first, _length, packed);
        Across(scores, packed, _towardsKey + firstOther);
        _room.Return(index);
    }

    public override void Dispose()
    {
        _room?.Dispose();
        base.Dispose();
    }

    private void Pack(float* from, int rows, float* to) => ProductTile.Pack(from, _width, _size, rows, ProductTile.Columns, to, (long)rows * ProductTile.Columns);

    /// <summary>left' · packed, where left is [sequence, other sequence]: its columns lie side by side, as a panel's. The last panel overlaps the one before.</summary>
    private void Across(float* left, float* packed, float* to)
    {
        for (var other = 0; other < _others; other += ProductTile.Rows)
        {
            var column = Math.Min(other, _others - ProductTile.Rows);
            ProductTile.MultiplyRow(left + column, 1, _others, packed, _length, to + ((long)column * _width), _width, ProductTile.Rows, _size);
        }
    }

    /// <summary>share · (towards share − Σ towards share · share) · scale.</summary>
    private void TowardsScores(float* row, float* shares)
    {
        var lanes = Vector<float>.Count;
        var (sums, sum) = (Vector<float>.Zero, 0f);
        var i = 0;
        for (; i <= _others - lanes; i += lanes) sums += Vector.Load(row + i) * Vector.Load(shares + i);
        for (; i < _others; i++) sum += row[i] * shares[i];
        sum += Vector.Sum(sums);
        for (i = 0; i <= _others - lanes; i += lanes) ((Vector.Load(row + i) - new Vector<float>(sum)) * Vector.Load(shares + i) * scale).Store(row + i);
        for (; i < _others; i++) row[i] = (row[i] - sum) * shares[i] * scale;
    }
}
