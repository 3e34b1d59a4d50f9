using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>
/// A convolution of images with few channels: (X, W) → Y. Four outputs by three vectors of places are summed in registers, over all channels and positions; ONNX
/// Runtime copies each pixel for each position first, which for few channels takes longer than the products.
/// </summary>
internal sealed unsafe class ConvolutionKernel(ConvolutionMoves moves) : Kernel
{
    private const int Outputs = 4;

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
                // The last four overlap those before where four do not divide them.
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

    public override void Dispose() => _room?.Dispose();

    private static void Three(float* input, int* offsets, float* weights, int taps, float* sums, int run)
    {
        var (a0, a1, a2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (b0, b1, b2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (c0, c1, c2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (d0, d1, d2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
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
        }

        Store(sums, a0, a1, a2);
        Store(sums + run, b0, b1, b2);
        Store(sums + (2 * run), c0, c1, c2);
        Store(sums + (3 * run), d0, d1, d2);

        static void Store(float* to, Vector512<float> first, Vector512<float> second, Vector512<float> third)
        {
            first.Store(to);
            second.Store(to + 16);
            third.Store(to + 32);
        }
    }

    private static void Two(float* input, int* offsets, float* weights, int taps, float* sums, int run)
    {
        var (a0, a1, b0, b1) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (c0, c1, d0, d1) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
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
        }

        a0.Store(sums);
        a1.Store(sums + 16);
        b0.Store(sums + run);
        b1.Store(sums + run + 16);
        c0.Store(sums + (2 * run));
        c1.Store(sums + (2 * run) + 16);
        d0.Store(sums + (3 * run));
        d1.Store(sums + (3 * run) + 16);
    }

    private static void One(float* input, int* offsets, float* weights, int taps, float* sums, int run)
    {
        var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        for (var tap = 0; tap < taps; tap++)
        {
            var x = Vector512.Load(input + offsets[tap]);
            a = Vector512.FusedMultiplyAdd(x, Vector512.Create(weights[tap]), a);
            b = Vector512.FusedMultiplyAdd(x, Vector512.Create(weights[taps + tap]), b);
            c = Vector512.FusedMultiplyAdd(x, Vector512.Create(weights[(2 * taps) + tap]), c);
            d = Vector512.FusedMultiplyAdd(x, Vector512.Create(weights[(3 * taps) + tap]), d);
        }

        a.Store(sums);
        b.Store(sums + run);
        c.Store(sums + (2 * run));
        d.Store(sums + (3 * run));
    }
}
