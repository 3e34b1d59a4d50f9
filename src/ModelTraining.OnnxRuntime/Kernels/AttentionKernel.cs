using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>
/// Attention of heads (Vaswani et al., "Attention Is All You Need", 2017): (queries, keys, values, masks) → what is seen, [batch, sequence, width], and how much of each,
/// [batch, heads, sequence, other sequence]. A head's scores are computed, turned into shares and used a few rows at a time, in the first levels of the caches (after Dao et al.,
/// "FlashAttention", 2022; but the shares are kept, which costs less than to compute them twice), and heads are read where the projections left them, without a transpose.
/// </summary>
/// <param name="heads">The number of heads.</param>
/// <param name="scale">What scores are multiplied by.</param>
/// <param name="masks">How many masks are added to them.</param>
internal sealed unsafe class AttentionKernel(int heads, float scale, int masks) : Kernel
{
    private readonly nint[] _masks = new nint[masks];
    private readonly (long Image, long Head, long Row)[] _maskStrides = new (long, long, long)[masks];
    private float* _query, _key, _content, _result, _shares;
    private int _length, _others, _width, _size;
    private KernelRoom? _room;

    public override void Run(in KernelCall call)
    {
        var (query, key) = (call.Input(0), call.Input(1));
        _query = query.Floats;
        _key = key.Floats;
        _content = call.Input(2).Floats;
        var batch = query.Shape[0];
        (_length, _others, _width) = ((int)query.Shape[1], (int)key.Shape[1], (int)query.Shape[2]);
        _size = _width / heads;
        _result = call.Output(0, query.Shape);
        _shares = call.Output(1, [batch, heads, _length, _others]);
        for (var i = 0; i < masks; i++)
        {
            var mask = call.Input(3 + i);
            _masks[i] = (nint)mask.Memory;
            _maskStrides[i] = (Stride(mask, 4), Stride(mask, 3), Stride(mask, 2));
        }

        _room ??= new KernelRoom((ProductTile.Whole(_others, ProductTile.Columns) * _size) + (ProductTile.Whole(_size, ProductTile.Columns) * _others) + (ProductTile.Rows * (_size + _others)));
        call.ForEach(this, (int)batch * heads);
    }

    /// <summary>A head of a sequence.</summary>
    public override void Part(int part)
    {
        var (image, head) = Math.DivRem(part, heads);
        var keys = _room!.Rent(out var index);
        var contents = keys + (ProductTile.Whole(_others, ProductTile.Columns) * _size);
        var queries = contents + (ProductTile.Whole(_size, ProductTile.Columns) * _others);
        var seen = queries + (ProductTile.Rows * _size);
        var first = ((long)image * _length * _width) + (head * _size);
        var firstOther = ((long)image * _others * _width) + (head * _size);
        ProductTile.PackTransposed(_key + firstOther, _width, _others, _size, ProductTile.Columns, keys);
        ProductTile.Pack(_content + firstOther, _width, _size, _others, ProductTile.Columns, contents, (long)_others * ProductTile.Columns);
        for (var next = 0; next < _length; next += ProductTile.Rows)
        {
            // The last rows overlap those before: whole tiles are stored without a detour.
            var row = Math.Max(0, Math.Min(next, _length - ProductTile.Rows));
            var rows = Math.Min(ProductTile.Rows, _length - row);
            var shares = _shares + ((((long)part * _length) + row) * _others);
            ProductTile.PackTransposed(_query + first + ((long)row * _width), _width, rows, _size, ProductTile.Rows, queries);
            ProductTile.MultiplyRow(queries, 1, ProductTile.Rows, keys, _size, shares, _others, rows, _others);
            for (var i = 0; i < rows; i++) Share(shares + ((long)i * _others), image, head, row + i);
            ProductTile.PackTransposed(shares, _others, rows, _others, ProductTile.Rows, seen);
            ProductTile.MultiplyRow(seen, 1, ProductTile.Rows, contents, _others, _result + first + ((long)row * _width), _width, rows, _size);
        }

        _room.Return(index);
    }

    public override void Dispose()
    {
        _room?.Dispose();
        base.Dispose();
    }

    /// <summary>How far it is from one place of an axis, counted from the end, to the next: 0 where the mask is the same for all.</summary>
    private static long Stride(in KernelTensor mask, int fromEnd) => fromEnd > mask.Rank || mask.Shape[^fromEnd] == 1 ? 0 : mask.From(mask.Rank - fromEnd + 1);

    /// <summary>Turns scores into shares: softmax of scaled and masked scores.</summary>
    [SkipLocalsInit]
    private void Share(float* row, int image, int head, int position)
    {
        var lanes = Vector<float>.Count;
        var (most, best) = (new Vector<float>(float.NegativeInfinity), float.NegativeInfinity);
        var i = 0;
        for (; i <= _others - lanes; i += lanes)
        {
            var score = Vector.Load(row + i) * scale;
            for (var mask = 0; mask < masks; mask++) score += Vector.Load(Mask(mask, image, head, position) + i);
            score.Store(row + i);
            most = Vector.ConditionalSelect(Vector.GreaterThan(most, score), most, score);
        }

        for (; i < _others; i++)
        {
            row[i] *= scale;
            for (var mask = 0; mask < masks; mask++) row[i] += Mask(mask, image, head, position)[i];
            best = row[i] > best ? row[i] : best;
        }

        var bests = stackalloc float[Vector<float>.Count];
        most.Store(bests);
        for (var lane = 0; lane < lanes; lane++) best = bests[lane] > best ? bests[lane] : best;
        var (sums, sum) = (Vector<float>.Zero, 0f);
        for (i = 0; i <= _others - lanes; i += lanes)
        {
            var power = Exponential.Of(Vector.Load(row + i) - new Vector<float>(best));
            power.Store(row + i);
            sums += power;
        }

        for (; i < _others; i++) sum += row[i] = MathF.Exp(row[i] - best);
        var inverse = 1 / (sum + Vector.Sum(sums));
        for (i = 0; i <= _others - lanes; i += lanes) (Vector.Load(row + i) * inverse).Store(row + i);
        for (; i < _others; i++) row[i] *= inverse;
    }

    private float* Mask(int mask, int image, int head, int position)
    {
        var strides = _maskStrides[mask];
        return (float*)_masks[mask] + (image * strides.Image) + (head * strides.Head) + (position * strides.Row);
    }
}
