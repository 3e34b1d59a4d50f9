using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>
/// Every row's gradient and hessian in units of a <see cref="GradientScale"/>: the gradient in the upper 16 bits, the hessian in the lower. They are
/// rounded up or down by chance so that sums stay true on average (Shi et al., NeurIPS 2022); the chance is a function of the row and the tree's seed, so
/// that the same rows get the same numbers on any number of threads.
/// </summary>
internal sealed unsafe class PackedGradients
{
    private const int BlockRows = 8192;
    private readonly RowPart _part;
    private readonly Objective _objective;
    private readonly WorkerTeam _team;
    private readonly int[] _packed;
    private readonly long[] _sums;
    private readonly Action<int> _packBlock;
    private readonly bool _hessianOfGradient;
    private GradientScale _scale;
    private uint _seed;

    public PackedGradients(Objective objective, WorkerTeam team)
    {
        (_part, _objective, _team) = (objective.Part, objective, team);
        _packed = PinnedArray.ForRows<int>(_part.Rows);
        _sums = new long[(_part.Rows + BlockRows - 1) / BlockRows];
        _packBlock = PackBlock;
        _hessianOfGradient = objective.HessianOfGradient;
    }

    /// <summary>One entry a row, pinned.</summary>
    public int* Pointer => _packed.Pointer();

    /// <summary>A row's gradient and hessian as they are summed: 32 bits for each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Widen(int packed) => ((packed & ~0xFFFFL) << 16) | (packed & 0xFFFFL);

    /// <summary>The gradient's part of a sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long GradientOf(long sum) => sum >> 32;

    /// <summary>The hessian's part of a sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long HessianOf(long sum) => sum & 0xFFFFFFFFL;

    /// <summary>Packs the gradients that the objective last computed.</summary>
    public void Pack(GradientScale scale, ulong seed)
    {
        (_scale, _seed) = (scale, (uint)(seed ^ (seed >> 32)));
        _team.Run(_sums.Length, _packBlock);
        Total = 0;
        foreach (var sum in _sums) Total += sum;
    }

    /// <summary>The sum of all rows.</summary>
    public long Total { get; private set; }

    /// <summary>The sum of some rows.</summary>
    public long SumOf(ReadOnlySpan<int> rows)
    {
        var sum = 0L;
        foreach (var row in rows) sum += Widen(_packed[row]);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackBlock(int block)
    {
        var gradients = _objective.Gradients.Pointer();
        var weights = _part.WeightsPointer;
        var hessians = _objective.Hessians is { } own ? own.Pointer() : null;
        var packed = _packed.Pointer();
        var (gradientScale, hessianScale) = (Vector256.Create((float)_scale.Gradient), Vector256.Create((float)_scale.Hessian));
        var lanes = Vector256.Create(0u, 1, 2, 3, 4, 5, 6, 7);
        var unit = Vector256.Create(1f / 65536);
        var end = Math.Min(_part.Rows, (block + 1) * BlockRows);
        // 2¹⁰ times 2¹⁶ a lane, eight lanes: within 32 bits.
        var (gradients8, hessians8) = (Vector256<int>.Zero, Vector256<int>.Zero);
        for (var row = block * BlockRows; row < end; row += Vector256<float>.Count)
        {
            var gradient = Vector256.Load(gradients + row);
            var weight = weights is null ? Vector256<float>.One : Vector256.Load(weights + row);
            var random = Mix((lanes + Vector256.Create((uint)row)) * 0x9E3779B1u ^ Vector256.Create(_seed));
            var chance = Vector256.ConvertToSingle((random & Vector256.Create(0xFFFFu)).AsInt32()) * unit;
            var g = Vector256.ConvertToInt32Native(Vector256.Floor((gradient * weight * gradientScale) + chance));
            var h = Vector256<int>.One;
            if (_hessianOfGradient || weights is not null || hessians is not null)
            {
                var distance = Vector256.Abs(gradient);
                var hessian = _hessianOfGradient ? distance * (Vector256<float>.One - distance) : hessians is not null ? Vector256.Load(hessians + row) : Vector256<float>.One;
                chance = Vector256.ConvertToSingle((random >>> 16).AsInt32()) * unit;
                h = Vector256.ConvertToInt32Native((hessian * weight * hessianScale) + chance);
            }

            var real = Vector256.LessThan(lanes.AsInt32(), Vector256.Create(end - row));
            ((g << 16) | h).Store(packed + row);
            gradients8 += g & real;
            hessians8 += h & real;
        }

        _sums[block] = ((long)Vector256.Sum(gradients8) << 32) + Vector256.Sum(hessians8);
    }

    /// <summary>The last steps of MurmurHash3 (Appleby): every bit of the input changes half of those of the output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Mix(Vector256<uint> x)
    {
        x ^= x >>> 16;
        x *= 0x85EBCA6Bu;
        x ^= x >>> 13;
        x *= 0xC2B2AE35u;
        return x ^ (x >>> 16);
    }
}
