using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelTraining;

/// <summary>
/// The gradient of a convolution of images towards its weights: (X, gradient) → like W. Each number is the product of two long runs, that of an output's gradient and that
/// of what a position met; eight outputs by three positions are summed in registers.
/// </summary>
internal sealed unsafe class ConvolutionWeightGradientKernel(ConvolutionMoves moves) : Kernel
{
    private const int Outputs = 8, Taps = 3;

    /// <summary>The places that are worth a sum of the lanes, and the groups that keep all threads busy. Sums are the same for any number of threads.</summary>
    private const int WorthSum = 1024, MostGroups = 16;

    private static readonly int Lanes = Vector512<float>.Count;

    private ConvolutionFrame? _frame;
    private KernelRoom? _room;
    private (int Images, int Channels, int Height, int Width) _shape;
    private (int Height, int Width) _size;
    private float* _input, _gradient, _parts;
    private int _outputs, _each, _groups;

    public override void Run(in KernelCall call)
    {
        var input = call.Input(0);
        var gradient = call.Input(1);
        var shape = ((int)input.Shape[0], (int)input.Shape[1], (int)input.Shape[2], (int)input.Shape[3]);
        if (_frame is null || shape != _shape)
        {
            Free();
            _shape = shape;
            _outputs = (int)gradient.Shape[1];
            _size = moves.Output(shape.Item3, shape.Item4);
            var image = moves.Frame(shape.Item2, shape.Item3, shape.Item4, 1).Image;
            _each = Math.Clamp(Parts(WorthSum, image), 1, Math.Max(1, shape.Item1 / MostGroups));
            _groups = Parts(shape.Item1, _each);
            _frame = moves.Frame(shape.Item2, shape.Item3, shape.Item4, _each);
            _room = new KernelRoom(_frame.Size + (_outputs * Run(_frame.Plane)));
            _parts = (float*)NativeMemory.AlignedAlloc((nuint)((long)_groups * _outputs * _frame.Offsets.Length * sizeof(float)), 64);
        }

        _input = input.Floats;
        _gradient = gradient.Floats;
        var count = _outputs * _frame.Offsets.Length;
        var result = new Span<float>(call.Output(0, [_outputs, shape.Item2, moves.Kernel.Height, moves.Kernel.Width]), count);
        call.ForEach(this, _groups);
        new ReadOnlySpan<float>(_parts, count).CopyTo(result);
        for (var group = 1; group < _groups; group++) TensorPrimitives.Add(result, new ReadOnlySpan<float>(_parts + ((long)group * count), count), result);
    }

    /// <summary>A group of images.</summary>
    public override void Part(int part)
    {
        var frame = _frame!;
        var room = _room!.Rent(out var index);
        var (gradients, run) = ((nint)(room + frame.Size), Run(frame.Plane));
        Fill(part, room, (float*)gradients, run);
        var taps = frame.Offsets.Length;
        var result = _parts + ((long)part * _outputs * taps);
        fixed (int* offsets = frame.Offsets)
        {
            for (var first = 0; first < _outputs; first += Outputs)
            {
                // The last eight overlap those before where eight do not divide them; and so do the last positions.
                var output = Math.Min(first, _outputs - Outputs);
                for (var tap = 0; tap < taps; tap += Taps)
                {
                    var position = Math.Min(tap, taps - Taps);
                    Multiply((float*)gradients + (output * run), run, room, offsets + position, result + (output * taps) + position, taps);
                }
            }
        }

        _room.Return(index);
    }

    public override void Dispose()
    {
        Free();
        base.Dispose();
    }

    private void Free()
    {
        _room?.Dispose();
        NativeMemory.AlignedFree(_parts);
        _parts = null;
    }

    private static int Run(int plane) => (plane + Lanes - 1) / Lanes * Lanes;

    private void Fill(int part, float* room, float* gradients, int run)
    {
        var frame = _frame!;
        for (var place = 0; place < _each; place++)
        {
            var image = (part * _each) + place;
            if (image >= _shape.Images)
            {
                // The last group may be short: then what is left of an earlier one meets zeros.
                for (var output = 0; output < _outputs; output++) new Span<float>(gradients + (output * run) + (place * frame.Image), frame.Image).Clear();
                continue;
            }

            frame.Fill(_input + ((long)image * _shape.Channels * _shape.Height * _shape.Width), room, place);
            var from = _gradient + ((long)image * _outputs * _size.Height * _size.Width);
            for (var output = 0; output < _outputs; output++)
            {
                var to = gradients + (output * run) + (place * frame.Image);
                for (var y = 0; y < _size.Height; y++, from += _size.Width) new ReadOnlySpan<float>(from, _size.Width).CopyTo(new Span<float>(to + (y * frame.Pitch), _size.Width));
            }
        }
    }

    private static void Multiply(float* gradients, int run, float* input, int* offsets, float* result, int step)
    {
        float* first = input + offsets[0], second = input + offsets[1], third = input + offsets[2], more = gradients + (4 * run);
        var (a0, a1, a2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (b0, b1, b2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (c0, c1, c2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (d0, d1, d2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (e0, e1, e2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (f0, f1, f2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (g0, g1, g2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (h0, h1, h2) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        for (var i = 0; i < run; i += 16)
        {
            var x0 = Vector512.Load(first + i);
            var x1 = Vector512.Load(second + i);
            var x2 = Vector512.Load(third + i);
            var gradient = Vector512.Load(gradients + i);
            a0 = Vector512.FusedMultiplyAdd(gradient, x0, a0);
            a1 = Vector512.FusedMultiplyAdd(gradient, x1, a1);
            a2 = Vector512.FusedMultiplyAdd(gradient, x2, a2);
            gradient = Vector512.Load(gradients + run + i);
            b0 = Vector512.FusedMultiplyAdd(gradient, x0, b0);
            b1 = Vector512.FusedMultiplyAdd(gradient, x1, b1);
            b2 = Vector512.FusedMultiplyAdd(gradient, x2, b2);
            gradient = Vector512.Load(gradients + (2 * run) + i);
            c0 = Vector512.FusedMultiplyAdd(gradient, x0, c0);
            c1 = Vector512.FusedMultiplyAdd(gradient, x1, c1);
            c2 = Vector512.FusedMultiplyAdd(gradient, x2, c2);
            gradient = Vector512.Load(gradients + (3 * run) + i);
            d0 = Vector512.FusedMultiplyAdd(gradient, x0, d0);
            d1 = Vector512.FusedMultiplyAdd(gradient, x1, d1);
            d2 = Vector512.FusedMultiplyAdd(gradient, x2, d2);
            gradient = Vector512.Load(more + i);
            e0 = Vector512.FusedMultiplyAdd(gradient, x0, e0);
            e1 = Vector512.FusedMultiplyAdd(gradient, x1, e1);
            e2 = Vector512.FusedMultiplyAdd(gradient, x2, e2);
            gradient = Vector512.Load(more + run + i);
            f0 = Vector512.FusedMultiplyAdd(gradient, x0, f0);
            f1 = Vector512.FusedMultiplyAdd(gradient, x1, f1);
            f2 = Vector512.FusedMultiplyAdd(gradient, x2, f2);
            gradient = Vector512.Load(more + (2 * run) + i);
            g0 = Vector512.FusedMultiplyAdd(gradient, x0, g0);
            g1 = Vector512.FusedMultiplyAdd(gradient, x1, g1);
            g2 = Vector512.FusedMultiplyAdd(gradient, x2, g2);
            gradient = Vector512.Load(more + (3 * run) + i);
            h0 = Vector512.FusedMultiplyAdd(gradient, x0, h0);
            h1 = Vector512.FusedMultiplyAdd(gradient, x1, h1);
            h2 = Vector512.FusedMultiplyAdd(gradient, x2, h2);
        }

        Store(result, a0, a1, a2);
        Store(result + step, b0, b1, b2);
        Store(result + (2 * step), c0, c1, c2);
        Store(result + (3 * step), d0, d1, d2);
        Store(result + (4 * step), e0, e1, e2);
        Store(result + (5 * step), f0, f1, f2);
        Store(result + (6 * step), g0, g1, g2);
        Store(result + (7 * step), h0, h1, h2);

        static void Store(float* to, Vector512<float> first, Vector512<float> second, Vector512<float> third)
        {
            to[0] = Vector512.Sum(first);
            to[1] = Vector512.Sum(second);
            to[2] = Vector512.Sum(third);
        }
    }
}
