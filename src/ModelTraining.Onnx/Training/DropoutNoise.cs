using System.Numerics;

namespace ModelTraining.Onnx;

/// <summary>
/// What a Dropout is trained with: an input that holds 0 for a dropped unit and 1/(1 − ratio) for a kept one. The numbers follow from a seed and a
/// position alone, so that a resumed training drops what the uninterrupted one would have, whatever the backend.
/// </summary>
/// <param name="Input">The input, of the shape of what is dropped from.</param>
/// <param name="Ratio">The share that is dropped.</param>
internal sealed record DropoutNoise(Value Input, double Ratio)
{
    /// <summary>Draws the units of a step.</summary>
    /// <param name="noise">Takes 0 or 1/(1 − ratio).</param>
    /// <param name="seed">The seed of the step and of this Dropout.</param>
    public void Fill(Span<float> noise, ulong seed)
    {
        var (keptBelow, kept) = (KeptBelow, Kept);
        var (low, high) = Keys(seed);
        var i = 0;
        var lanes = Vector<uint>.Count;
        Span<uint> first = stackalloc uint[lanes];
        for (var lane = 0; lane < lanes; lane++) first[lane] = (uint)lane;
        var counter = new Vector<uint>(first);
        var step = new Vector<uint>((uint)lanes);
        var (a, b) = (new Vector<uint>(low), new Vector<uint>(high));
        var (bound, keptVector) = (new Vector<uint>(keptBelow), new Vector<float>(kept));
        for (; i <= noise.Length - lanes; i += lanes)
        {
            var bits = Mix(Mix(counter + a) ^ b);
            Vector.ConditionalSelect(Vector.AsVectorSingle(Vector.LessThan(bits, bound)), keptVector, Vector<float>.Zero).CopyTo(noise[i..]);
            counter += step;
        }

        for (; i < noise.Length; i++) noise[i] = Mix(Mix((uint)i + low) ^ high) < keptBelow ? kept : 0;
    }

    /// <summary>A unit is kept when its 32 bits, Mix(Mix(position + low) ^ high), are below this.</summary>
    public uint KeptBelow => (uint)Math.Min((1 - Ratio) * 4294967296.0, uint.MaxValue);

    /// <summary>What a kept unit is multiplied by.</summary>
    public float Kept => (float)(1 / (1 - Ratio));

    /// <summary>The seed in the form in which positions are mixed with it, for backends that draw where they compute.</summary>
    public static (uint Low, uint High) Keys(ulong seed) => (Mix((uint)seed ^ 0x9E3779B9), Mix((uint)(seed >> 32) + 0x85EBCA6B));

    /// <summary>The seed of one of the Dropouts of a step.</summary>
    /// <param name="seed">The seed of the step.</param>
    /// <param name="number">Which one, from 0.</param>
    public static ulong SeedOf(ulong seed, int number) => seed + ((ulong)number * 0x9E3779B97F4A7C15UL);

    /// <summary>A permutation of 32 bits with little bias in how bits follow from bits (Wellons, "Prospecting for hash functions", 2018).</summary>
    private static uint Mix(uint bits)
    {
        bits = (bits ^ (bits >> 16)) * 0x7FEB352D;
        bits = (bits ^ (bits >> 15)) * 0x846CA68B;
        return bits ^ (bits >> 16);
    }

    private static Vector<uint> Mix(Vector<uint> bits)
    {
        bits = (bits ^ Vector.ShiftRightLogical(bits, 16)) * new Vector<uint>(0x7FEB352D);
        bits = (bits ^ Vector.ShiftRightLogical(bits, 15)) * new Vector<uint>(0x846CA68B);
        return bits ^ Vector.ShiftRightLogical(bits, 16);
    }
}
