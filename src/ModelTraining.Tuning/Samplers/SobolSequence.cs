using System.Globalization;

namespace ModelTraining;

/// <summary>
/// Sobol's sequence with the direction numbers of Joe and Kuo ("Constructing Sobol sequences with better two-dimensional projections", 2008), scrambled by Owen's nested permutations ("Randomly permuted
/// (t,m,s)-nets", 1995): of 2^k points one is in each 2^k-th of every dimension, and two-dimensional boxes have their share. What comes after the dimensions that the table has is drawn by chance.
/// </summary>
internal static class SobolSequence
{
    private const int Bits = 32;

    // Of each dimension but the first: the inner coefficients of its primitive polynomial as bits, then its first direction numbers.
    private static readonly int[][] Directions =
    [
        [0, 1], [1, 1, 3], [1, 1, 3, 1], [2, 1, 1, 1], [1, 1, 1, 3, 3], [4, 1, 3, 5, 13], [2, 1, 1, 5, 5, 17], [4, 1, 1, 5, 5, 5], [7, 1, 1, 7, 11, 19], [11, 1, 1, 5, 1, 1],
        [13, 1, 1, 1, 3, 11], [14, 1, 3, 5, 5, 31], [1, 1, 3, 3, 9, 7, 49], [13, 1, 1, 1, 15, 21, 21], [16, 1, 3, 1, 13, 27, 49], [19, 1, 1, 1, 15, 7, 5], [22, 1, 3, 1, 15, 13, 25],
        [25, 1, 1, 5, 5, 19, 61], [1, 1, 3, 7, 11, 23, 15, 103], [4, 1, 3, 7, 13, 13, 15, 69], [7, 1, 1, 3, 13, 7, 35, 63], [8, 1, 3, 5, 9, 1, 25, 53], [14, 1, 3, 1, 13, 9, 35, 107],
        [19, 1, 3, 1, 5, 27, 61, 31], [21, 1, 1, 5, 11, 19, 41, 61], [28, 1, 3, 5, 3, 3, 13, 69], [31, 1, 1, 7, 13, 1, 19, 1], [32, 1, 3, 7, 5, 13, 19, 59], [37, 1, 1, 3, 9, 25, 29, 41],
        [41, 1, 3, 5, 13, 23, 1, 55], [42, 1, 3, 7, 3, 13, 59, 17], [50, 1, 3, 1, 3, 5, 53, 69], [55, 1, 1, 5, 5, 23, 33, 13], [56, 1, 1, 7, 7, 1, 61, 123], [59, 1, 1, 7, 9, 13, 61, 49],
        [62, 1, 3, 3, 5, 3, 55, 33], [14, 1, 3, 1, 15, 31, 13, 49, 245], [21, 1, 3, 5, 15, 31, 59, 63, 97], [22, 1, 3, 1, 11, 11, 11, 77, 249], [38, 1, 3, 1, 11, 27, 43, 71, 9],
        [47, 1, 1, 7, 15, 21, 11, 81, 45], [49, 1, 3, 7, 3, 25, 31, 65, 79], [50, 1, 3, 1, 1, 19, 11, 3, 205], [52, 1, 1, 5, 9, 19, 21, 29, 157], [56, 1, 3, 7, 11, 1, 33, 89, 185],
        [67, 1, 3, 3, 3, 15, 9, 79, 71], [70, 1, 3, 7, 11, 15, 39, 119, 27], [84, 1, 1, 3, 1, 11, 31, 97, 225], [97, 1, 1, 1, 3, 23, 43, 57, 177], [103, 1, 3, 7, 7, 17, 17, 37, 71],
        [115, 1, 3, 1, 5, 27, 63, 123, 213], [122, 1, 1, 3, 5, 11, 43, 53, 133], [8, 1, 3, 5, 5, 29, 17, 47, 173, 479], [13, 1, 3, 3, 11, 3, 1, 109, 9, 69],
        [16, 1, 1, 1, 5, 17, 39, 23, 5, 343], [22, 1, 3, 1, 5, 25, 15, 31, 103, 499], [25, 1, 1, 1, 11, 11, 17, 63, 105, 183], [44, 1, 1, 5, 11, 9, 29, 97, 231, 363],
        [47, 1, 1, 5, 15, 19, 45, 41, 7, 383], [52, 1, 3, 7, 7, 31, 19, 83, 137, 221], [55, 1, 1, 1, 3, 23, 15, 111, 223, 83], [59, 1, 1, 5, 13, 31, 15, 55, 25, 161],
        [62, 1, 1, 3, 13, 25, 47, 39, 87, 257],
    ];

    /// <summary>The coordinate of a point, in (0, 1).</summary>
    public static double At(ulong seed, int point, int dimension)
    {
        var random = new SeededRandom(seed).Fork(string.Create(CultureInfo.InvariantCulture, $"sobol {dimension}"));
        if (dimension > Directions.Length) return random.Fork(string.Create(CultureInfo.InvariantCulture, $"point {point}")).NextDouble();
        var (key, plain, scrambled) = (random.NextBits(), Unscrambled(point, dimension), 0u);
        for (var bit = Bits - 1; bit >= 0; bit--)
        {
            // Whether a digit is turned depends on all digits before it: by them and their number, a node of a binary tree.
            var node = (1UL << (Bits - 1 - bit)) | ((ulong)plain >> (bit + 1));
            var turned = (uint)(new SeededRandom(key ^ node).NextBits() >> 63);
            scrambled |= ((plain >> bit & 1) ^ turned) << bit;
        }

        return (scrambled + 0.5) / (1UL << Bits);
    }

    /// <summary>The digits of a point's coordinate, the first one highest.</summary>
    internal static uint Unscrambled(int point, int dimension)
    {
        var digits = 0u;
        Span<uint> directions = stackalloc uint[Bits];
        Fill(directions, dimension);
        for (var i = 0; point >> i > 0; i++) if ((point >> i & 1) == 1) digits ^= directions[i] << (Bits - 1 - i);
        return digits;
    }

    private static void Fill(Span<uint> directions, int dimension)
    {
        if (dimension == 0)
        {
            directions.Fill(1);
            return;
        }

        var own = Directions[dimension - 1];
        var degree = own.Length - 1;
        for (var i = 0; i < directions.Length; i++)
        {
            if (i < degree)
            {
                directions[i] = (uint)own[i + 1];
                continue;
            }

            directions[i] = directions[i - degree] ^ (directions[i - degree] << degree);
            for (var j = 1; j < degree; j++) if ((own[0] >> (degree - 1 - j) & 1) == 1) directions[i] ^= directions[i - j] << j;
        }
    }
}
