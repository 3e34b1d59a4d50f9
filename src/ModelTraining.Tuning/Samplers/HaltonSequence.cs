using System.Globalization;

namespace ModelTraining;

/// <summary>Halton's sequence with digits that are permuted at random, each place of each dimension by a permutation of its own.</summary>
internal static class HaltonSequence
{
    private const int Digits = 32;
    private const double Finest = 1.0 / (1L << 52);

    /// <summary>The coordinate of a point, in [0, 1).</summary>
    public static double At(ulong seed, int point, int dimension)
    {
        var prime = Prime(dimension);
        var random = new SeededRandom(seed).Fork(string.Create(CultureInfo.InvariantCulture, $"halton {dimension}"));
        var digits = new int[prime];
        var (share, weight, left) = (0.0, 1.0 / prime, point);
        // Leading zeros are permuted too, until they make no difference: otherwise the first points would huddle.
        for (var place = 0; place < Digits && weight > Finest; place++)
        {
            for (var i = 0; i < prime; i++) digits[i] = i;
            random.Shuffle(digits.AsSpan());
            share += digits[left % prime] * weight;
            (left, weight) = (left / prime, weight / prime);
        }

        return Math.Min(share, 1 - Finest);
    }

    private static int Prime(int position)
    {
        var candidate = 2;
        for (; ; candidate++)
        {
            var divisor = 2;
            while (divisor * divisor <= candidate && candidate % divisor != 0) divisor++;
            if (divisor * divisor > candidate && position-- == 0) return candidate;
        }
    }
}
