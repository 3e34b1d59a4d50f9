using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>
/// A convolution of images with few channels: (X, W) → Y. Eight outputs by three vectors of places are summed in registers, over all channels and positions; ONNX
/// Runtime copies each pixel for each position first, which for few channels takes longer than the products.
/// </summary>
internal sealed unsafe class ConvolutionKernel(ConvolutionMoves moves) : Kernel
{
    private const int Outputs = 8;

    private static readonly int Lanes = Vector512<float>.Count;

    private ConvolutionFrame? _frame;
    private KernelRoom? _room;
    private (int Channels, int Height, int Width) _shape;
    private (int Height, int Width) _size;
    private float* _input, _weights, _result;
    private int _outputs, _run;

    public override void Run(in KernelCall call)
    {
        var input = call.Input(0);
        var weights = call.Input(1);
        var shape = ((int)input.Shape[1], (int)input.Shape[2], (int)input.Shape[3]);
        _outputs = (int)weights.Shape[0];
        if (_frame is null || shape != _shape)
        {
            _shape = shape;
            _frame = moves.Frame(shape.Item1, shape.Item2, shape.Item3, 1);
            _size = moves.Output(shape.Item2, shape.Item3);
            _run = (((_size.Height * _frame.Pitch) + Lanes - 1) / Lanes) * Lanes;
            _room?.Dispose();
            _room = new KernelRoom(_frame.Size + (Outputs * _run));
        }

        _input = input.Floats;
        _weights = weights.Floats;
        _result = call.Output(0, [input.Shape[0], _outputs, _size.Height, _size.Width]);
        call.ForEach(this, (int)input.Shape[0]);
    }

    /// <summary>An image.</summary>
    public override void Part(int part)
    {
        var frame = _frame!;
        var room = _room!.Rent(out var index);
        var sums = room + frame.Size;
        frame.Fill(_input + ((long)part * _shape.Channels * _shape.Height * _shape.Width), room, 0);
        var taps = frame.Offsets.Length;
        var pixels = _size.Height * _size.Width;
        fixed (int* offsets = frame.Offsets)
        {
            for (var first = 0; first < _outputs; first += Outputs)
            {
                // The last eight overlap those before where eight do not divide them.
                var output = Math.Min(first, _outputs - Outputs);
                var weights = _weights + ((long)output * taps);
                var at = 0;
                for (; at + (3 * Lanes) <= _run; at += 3 * Lanes) Three(room + at, offsets, weights, taps, sums + at, _run);
                if (at + (2 * Lanes) <= _run) Two(room + at, offsets, weights, taps, sums + at, _run);
                else if (at < _run) One(room + at, offsets, weights, taps, sums + at, _run);
                for (var i = 0; i < Outputs; i++)
                {
                    var to = _result + ((((long)part * _outputs) + output + i) * pixels);
                    for (var y = 0; y < _size.Height; y++) new ReadOnlySpan<float>(sums + (i * _run) + (y * frame.Pitch), _size.Width).CopyTo(new Span<float>(to + (y * _size.Width), _size.Width));
                }
            }
        }

        _room.Return(index);
    }

    public override void Dispose()
    {
        _room?.Dispose();
        base.Dispose();
    }

    private static void Three(float* input, int* offsets, float* weights, int taps, float* sums, int run)
    {
        var (a0, a1, a2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (b0, b1, b2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (c0, c1, c2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (d0, d1, d2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (e0, e1, e2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (f0, f1, f2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (g0, g1, g2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (h0, h1, h2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        float* more = weights + (4L * taps);
        for (var tap = 0; tap < taps; tap++)
        {
            var from = input + offsets[tap];
            var x0 = Vector512.Load(from);
            var x1 = Vector512.Load(from + 16);
            var x2 = Vector512.Load(from + 32);
            var weight = Vector512.Create(weights[tap]);
            a0 = Vector512.FusedMultiplyAdd(x0, weight, a0);
            a1 = Vector512.FusedMultiplyAdd(x1, weight, a1);
            a2 = Vector512.FusedMultiplyAdd(x2, weight, a2);
            weight = Vector512.Create(weights[taps + tap]);
            b0 = Vector512.FusedMultiplyAdd(x0, weight, b0);
            b1 = Vector512.FusedMultiplyAdd(x1, weight, b1);
            b2 = Vector512.FusedMultiplyAdd(x2, weight, b2);
            weight = Vector512.Create(weights[(2 * taps) + tap]);
            c0 = Vector512.FusedMultiplyAdd(x0, weight, c0);
            c1 = Vector512.FusedMultiplyAdd(x1, weight, c1);
            c2 = Vector512.FusedMultiplyAdd(x2, weight, c2);
            weight = Vector512.Create(weights[(3 * taps) + tap]);
            d0 = Vector512.FusedMultiplyAdd(x0, weight, d0);
            d1 = Vector512.FusedMultiplyAdd(x1, weight, d1);
            d2 = Vector512.FusedMultiplyAdd(x2, weight, d2);
            weight = Vector512.Create(more[tap]);
            e0 = Vector512.FusedMultiplyAdd(x0, weight, e0);
            e1 = Vector512.FusedMultiplyAdd(x1, weight, e1);
            e2 = Vector512.FusedMultiplyAdd(x2, weight, e2);
            weight = Vector512.Create(more[taps + tap]);
            f0 = Vector512.FusedMultiplyAdd(x0, weight, f0);
            f1 = Vector512.FusedMultiplyAdd(x1, weight, f1);
            f2 = Vector512.FusedMultiplyAdd(x2, weight, f2);
            weight = Vector512.Create(more[(2 * taps) + tap]);
            g0 = Vector512.FusedMultiplyAdd(x0, weight, g0);
            g1 = Vector512.FusedMultiplyAdd(x1, weight, g1);
            g2 = Vector512.FusedMultiplyAdd(x2, weight, g2);
            weight = Vector512.Create(more[(3 * taps) + tap]);
            h0 = Vector512.FusedMultiplyAdd(x0, weight, h0);
            h1 = Vector512.FusedMultiplyAdd(x1, weight, h1);
            h2 = Vector512.FusedMultiplyAdd(x2, weight, h2);
        }

        Store(sums, a0, a1, a2);
        Store(sums + run, b0, b1, b2);
        Store(sums + (2 * run), c0, c1, c2);
        Store(sums + (3 * run), d0, d1, d2);
        Store(sums + (4 * run), e0, e1, e2);
        Store(sums + (5 * run), f0, f1, f2);
        Store(sums + (6 * run), g0, g1, g2);
        Store(sums + (7 * run), h0, h1, h2);
    }

    private static void Two(float* input, int* offsets, float* weights, int taps, float* sums, int run)
    {
        var (a0, a1) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (b0, b1) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (c0, c1) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (d0, d1) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (e0, e1) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (f0, f1) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (g0, g1) = (Vector512<float>.Zero, Vector512<float>.Zero);
        var (h0, h1) = (Vector512<float>.Zero, Vector512<float>.Zero);
        float* more = weights + (4L * taps);
        for (var tap = 0; tap < taps; tap++)
        {
            var from = input + offsets[tap];
            var x0 = Vector512.Load(from);
            var x1 = Vector512.Load(from + 16);
            var weight = Vector512.Create(weights[tap]);
            a0 = Vector512.FusedMultiplyAdd(x0, weight, a0);
            a1 = Vector512.FusedMultiplyAdd(x1, weight, a1);
            weight = Vector512.Create(weights[taps + tap]);
            b0 = Vector512.FusedMultiplyAdd(x0, weight, b0);
            b1 = Vector512.FusedMultiplyAdd(x1, weight, b1);
            weight = Vector512.Create(weights[(2 * taps) + tap]);
            c0 = Vector512.FusedMultiplyAdd(x0, weight, c0);
            c1 = Vector512.FusedMultiplyAdd(x1, weight, c1);
            weight = Vector512.Create(weights[(3 * taps) + tap]);
            d0 = Vector512.FusedMultiplyAdd(x0, weight, d0);
            d1 = Vector512.FusedMultiplyAdd(x1, weight, d1);
            weight = Vector512.Create(more[tap]);
            e0 = Vector512.FusedMultiplyAdd(x0, weight, e0);
            e1 = Vector512.FusedMultiplyAdd(x1, weight, e1);
            weight = Vector512.Create(more[taps + tap]);
            f0 = Vector512.FusedMultiplyAdd(x0, weight, f0);
            f1 = Vector512.FusedMultiplyAdd(x1, weight, f1);
            weight = Vector512.Create(more[(2 * taps) + tap]);
            g0 = Vector512.FusedMultiplyAdd(x0, weight, g0);
            g1 = Vector512.FusedMultiplyAdd(x1, weight, g1);
            weight = Vector512.Create(more[(3 * taps) + tap]);
            h0 = Vector512.FusedMultiplyAdd(x0, weight, h0);
            h1 = Vector512.FusedMultiplyAdd(x1, weight, h1);
        }

        Store(sums, a0, a1);
        Store(sums + run, b0, b1);
        Store(sums + (2 * run), c0, c1);
        Store(sums + (3 * run), d0, d1);
        Store(sums + (4 * run), e0, e1);
        Store(sums + (5 * run), f0, f1);
        Store(sums + (6 * run), g0, g1);
        Store(sums + (7 * run), h0, h1);
    }

    private static void One(float* input, int* offsets, float* weights, int taps, float* sums, int run)
    {
        var a0 = Vector512<float>.Zero;
        var b0 = Vector512<float>.Zero;
        var c0 = Vector512<float>.Zero;
        var d0 = Vector512<float>.Zero;
        var e0 = Vector512<float>.Zero;
        var f0 = Vector512<float>.Zero;
        var g0 = Vector512<float>.Zero;
        var h0 = Vector512<float>.Zero;
        float* more = weights + (4L * taps);
        for (var tap = 0; tap < taps; tap++)
        {
            var from = input + offsets[tap];
            var x0 = Vector512.Load(from);
            var weight = Vector512.Create(weights[tap]);
            a0 = Vector512.FusedMultiplyAdd(x0, weight, a0);
            weight = Vector512.Create(weights[taps + tap]);
            b0 = Vector512.FusedMultiplyAdd(x0, weight, b0);
            weight = Vector512.Create(weights[(2 * taps) + tap]);
            c0 = Vector512.FusedMultiplyAdd(x0, weight, c0);
            weight = Vector512.Create(weights[(3 * taps) + tap]);
            d0 = Vector512.FusedMultiplyAdd(x0, weight, d0);
            weight = Vector512.Create(more[tap]);
            e0 = Vector512.FusedMultiplyAdd(x0, weight, e0);
            weight = Vector512.Create(more[taps + tap]);
            f0 = Vector512.FusedMultiplyAdd(x0, weight, f0);
            weight = Vector512.Create(more[(2 * taps) + tap]);
            g0 = Vector512.FusedMultiplyAdd(x0, weight, g0);
            weight = Vector512.Create(more[(3 * taps) + tap]);
            h0 = Vector512.FusedMultiplyAdd(x0, weight, h0);
        }

        a0.Store(sums);
        b0.Store(sums + run);
        c0.Store(sums + (2 * run));
        d0.Store(sums + (3 * run));
        e0.Store(sums + (4 * run));
        f0.Store(sums + (5 * run));
        g0.Store(sums + (6 * run));
        h0.Store(sums + (7 * run));
    }

    private static void Store(float* to, Vector512<float> first, Vector512<float> second)
    {
        first.Store(to);
        second.Store(to + 16);
    }

    private static void Store(float* to, Vector512<float> first, Vector512<float> second, Vector512<float> third)
    {
        Store(to, first, second);
        third.Store(to + 32);
    }
}
