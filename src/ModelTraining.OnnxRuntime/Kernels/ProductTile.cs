using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelTraining;

/// <summary>
/// What products of matrices are made of (Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008): a tile of the result that stays in 24
/// registers while panels of both operands, packed in the order in which they are read, go by.
/// </summary>
internal static unsafe class ProductTile
{
    /// <summary>The rows of a tile, and of a panel of the left operand.</summary>
    public const int Rows = 12;

    /// <summary>The columns of a tile, and of a panel of the right operand: two vectors.</summary>
    public const int Columns = 32;

    private const int Lanes = 16;

    /// <summary>How far to advance with each position to fetch some numbers in the course of so many positions.</summary>
    public static long Ahead(long numbers, long positions) => (numbers + positions - 1) / positions;

    /// <summary>A number rounded up to whole panels.</summary>
    public static int Whole(int count, int panel) => (count + panel - 1) / panel * panel;

    /// <summary>Packs rows of an operand whose panels lie across its rows: each row gives <paramref name="panel"/> numbers to each panel. What is missing of the last is 0.</summary>
    /// <param name="from">The first number.</param>
    /// <param name="stride">From a row to the next.</param>
    /// <param name="width">The numbers of a row.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="panel"><see cref="Rows"/> or <see cref="Columns"/>.</param>
    /// <param name="to">Takes the rows in the first panel.</param>
    /// <param name="panelStride">From there to the next panel.</param>
    public static void Pack(float* from, long stride, int width, int rows, int panel, float* to, long panelStride)
    {
        for (var row = 0; row < rows; row++, from += stride, to += panel)
        {
            var place = to;
            var i = 0;
            for (; i <= width - panel; i += panel, place += panelStride)
            {
                if (panel == Columns)
                {
                    Vector512.Load(from + i).Store(place);
                    Vector512.Load(from + i + Lanes).Store(place + Lanes);
                }
                else
                {
                    Vector256.Load(from + i).Store(place);
                    Vector128.Load(from + i + 8).Store(place + 8);
                }
            }

            if (i == width) continue;
            for (var j = 0; j < panel; j++) place[j] = i + j < width ? from[i + j] : 0;
        }
    }

    /// <summary>Packs rows of an operand whose panels lie along its rows: each row is a number of each position of its panel. What is missing of the last panel is 0.</summary>
    /// <param name="from">The first number.</param>
    /// <param name="stride">From a row to the next.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="depth">The numbers of a row.</param>
    /// <param name="panel"><see cref="Rows"/> or <see cref="Columns"/>.</param>
    /// <param name="to">Takes panel after panel.</param>
    public static void PackTransposed(float* from, long stride, int rows, int depth, int panel, float* to)
    {
        for (; rows > 0; rows -= panel, from += panel * stride, to += (long)panel * depth)
        {
            for (var i = 0; i < panel; i += 4) PackFour(from + (i * stride), stride, rows - i, depth, panel, to + i);
        }
    }

    /// <summary>The product of two panels, of a tile's size or of a part of it.</summary>
    /// <param name="left">A panel of <see cref="Rows"/>, packed or not.</param>
    /// <param name="rowStride">From a row of it to the next: 1 where it is packed.</param>
    /// <param name="leftStride">From a position of it to the next: <see cref="Rows"/> where it is packed.</param>
    /// <param name="right">A panel of <see cref="Columns"/>, packed.</param>
    /// <param name="depth">The number of positions.</param>
    /// <param name="to">Takes the result.</param>
    /// <param name="stride">From a row of the result to the next.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="columns">How many columns there are.</param>
    /// <param name="start">What the result starts from.</param>
    /// <param name="bias">A number for each column, for <see cref="TileStart.Bias"/>.</param>
    /// <param name="ahead">What is fetched into the cache meanwhile, or <c>null</c>.</param>
    /// <param name="aheadStride">How far that advances with each position, as <see cref="Ahead"/> says.</param>
    [SkipLocalsInit]
    public static void Multiply(float* left, long rowStride, long leftStride, float* right, int depth, float* to, long stride, int rows, int columns, TileStart start, float* bias = null, float* ahead = null, long aheadStride = 0)
    {
        if (rows == Rows && columns == Columns)
        {
            Multiply(left, rowStride, leftStride, right, depth, to, stride, start, bias, ahead, aheadStride);
            return;
        }

        var tile = stackalloc float[Rows * Columns];
        Multiply(left, rowStride, leftStride, right, depth, tile, Columns, TileStart.Zero, null, ahead, aheadStride);
        for (var i = 0; i < rows; i++, to += stride, tile += Columns)
        {
            var from = start == TileStart.Result ? to : bias;
            if (columns == Columns) Store(Vector512.Load(tile), Vector512.Load(tile + Lanes), to, start, from);
            else for (var j = 0; j < columns; j++) to[j] = start == TileStart.Zero ? tile[j] : tile[j] + from[j];
        }
    }

    /// <summary>The product of a panel and all panels of the right operand.</summary>
    /// <param name="left">A panel of <see cref="Rows"/>, packed or not.</param>
    /// <param name="rowStride">From a row of it to the next.</param>
    /// <param name="leftStride">From a position of it to the next.</param>
    /// <param name="right">Panels of <see cref="Columns"/>.</param>
    /// <param name="depth">The number of positions.</param>
    /// <param name="to">Takes the result.</param>
    /// <param name="stride">From a row of the result to the next.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="columns">How many columns there are.</param>
    /// <param name="start">What the result starts from: nothing or what is there.</param>
    /// <param name="ahead">What is fetched into the cache meanwhile, or <c>null</c>.</param>
    /// <param name="aheadStride">How far that advances with each position, as <see cref="Ahead"/> says.</param>
    public static void MultiplyRow(float* left, long rowStride, long leftStride, float* right, int depth, float* to, long stride, int rows, int columns, TileStart start = TileStart.Zero, float* ahead = null, long aheadStride = 0)
    {
        for (var column = 0; column < columns; column += Columns, right += (long)Columns * depth, ahead += aheadStride * depth)
        {
            Multiply(left, rowStride, leftStride, right, depth, to + column, stride, rows, Math.Min(Columns, columns - column), start, null, ahead, aheadStride);
        }
    }

    /// <summary>Four rows of a panel, of which there may be fewer.</summary>
    private static void PackFour(float* from, long stride, int rows, int depth, int panel, float* to)
    {
        if (rows < 4)
        {
            for (var row = 0; row < 4; row++)
            {
                for (var k = 0; k < depth; k++) to[(k * panel) + row] = row < rows ? from[(row * stride) + k] : 0;
            }

            return;
        }

        float* second = from + stride, third = second + stride, fourth = third + stride;
        var at = 0;
        for (; at <= depth - 4; at += 4, to += 4 * panel)
        {
            var (a, b, c, d) = (Vector128.Load(from + at), Vector128.Load(second + at), Vector128.Load(third + at), Vector128.Load(fourth + at));
            var (low, high, lower, higher) = (Sse.UnpackLow(a, b), Sse.UnpackHigh(a, b), Sse.UnpackLow(c, d), Sse.UnpackHigh(c, d));
            Sse.MoveLowToHigh(low, lower).Store(to);
            Sse.MoveHighToLow(lower, low).Store(to + panel);
            Sse.MoveLowToHigh(high, higher).Store(to + (2 * panel));
            Sse.MoveHighToLow(higher, high).Store(to + (3 * panel));
        }

        for (; at < depth; at++, to += panel) (to[0], to[1], to[2], to[3]) = (from[at], second[at], third[at], fourth[at]);
    }

    private static void Multiply(float* left, long rowStride, long leftStride, float* right, int depth, float* to, long stride, TileStart start, float* bias, float* ahead, long aheadStride)
    {
        var (a0, a1, b0, b1) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (c0, c1, d0, d1) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (e0, e1, f0, f1) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (g0, g1, h0, h1) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (i0, i1, j0, j1) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (k0, k1, l0, l1) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);

        // What will be written is fetched meanwhile.
        if (start != TileStart.Result)
        {
            for (var row = 0; row < Rows; row++)
            {
                Sse.Prefetch0(to + (row * stride));
                Sse.Prefetch0(to + (row * stride) + Lanes);
            }
        }

        // Where nothing else is to be fetched: what is there anyway.
        if (ahead == null)
        {
            ahead = right;
            aheadStride = 0;
        }

        // Three rows and their distances are as many as registers hold.
        float* fifth = left + (4 * rowStride), ninth = fifth + (4 * rowStride);
        long two = 2 * rowStride, three = 3 * rowStride;
        for (; depth > 0; depth--, left += leftStride, fifth += leftStride, ninth += leftStride, right += Columns, ahead += aheadStride)
        {
            Sse.Prefetch1(ahead);
            var (x, y) = (Vector512.Load(right), Vector512.Load(right + Lanes));
            var factor = Vector512.Create(*left);
            a0 = Vector512.FusedMultiplyAdd(x, factor, a0);
            a1 = Vector512.FusedMultiplyAdd(y, factor, a1);
            factor = Vector512.Create(left[rowStride]);
            b0 = Vector512.FusedMultiplyAdd(x, factor, b0);
            b1 = Vector512.FusedMultiplyAdd(y, factor, b1);
            factor = Vector512.Create(left[two]);
            c0 = Vector512.FusedMultiplyAdd(x, factor, c0);
            c1 = Vector512.FusedMultiplyAdd(y, factor, c1);
            factor = Vector512.Create(left[three]);
            d0 = Vector512.FusedMultiplyAdd(x, factor, d0);
            d1 = Vector512.FusedMultiplyAdd(y, factor, d1);
            factor = Vector512.Create(*fifth);
            e0 = Vector512.FusedMultiplyAdd(x, factor, e0);
            e1 = Vector512.FusedMultiplyAdd(y, factor, e1);
            factor = Vector512.Create(fifth[rowStride]);
            f0 = Vector512.FusedMultiplyAdd(x, factor, f0);
            f1 = Vector512.FusedMultiplyAdd(y, factor, f1);
            factor = Vector512.Create(fifth[two]);
            g0 = Vector512.FusedMultiplyAdd(x, factor, g0);
            g1 = Vector512.FusedMultiplyAdd(y, factor, g1);
            factor = Vector512.Create(fifth[three]);
            h0 = Vector512.FusedMultiplyAdd(x, factor, h0);
            h1 = Vector512.FusedMultiplyAdd(y, factor, h1);
            factor = Vector512.Create(*ninth);
            i0 = Vector512.FusedMultiplyAdd(x, factor, i0);
            i1 = Vector512.FusedMultiplyAdd(y, factor, i1);
            factor = Vector512.Create(ninth[rowStride]);
            j0 = Vector512.FusedMultiplyAdd(x, factor, j0);
            j1 = Vector512.FusedMultiplyAdd(y, factor, j1);
            factor = Vector512.Create(ninth[two]);
            k0 = Vector512.FusedMultiplyAdd(x, factor, k0);
            k1 = Vector512.FusedMultiplyAdd(y, factor, k1);
            factor = Vector512.Create(ninth[three]);
            l0 = Vector512.FusedMultiplyAdd(x, factor, l0);
            l1 = Vector512.FusedMultiplyAdd(y, factor, l1);
        }

        // The sum, or the bias, that the products are added to: of the first row, then of the next.
        var from = start == TileStart.Result ? to : bias;
        var next = start == TileStart.Result ? stride : 0;
        Store(a0, a1, to, start, from);
        Store(b0, b1, to += stride, start, from += next);
        Store(c0, c1, to += stride, start, from += next);
        Store(d0, d1, to += stride, start, from += next);
        Store(e0, e1, to += stride, start, from += next);
        Store(f0, f1, to += stride, start, from += next);
        Store(g0, g1, to += stride, start, from += next);
        Store(h0, h1, to += stride, start, from += next);
        Store(i0, i1, to += stride, start, from += next);
        Store(j0, j1, to += stride, start, from += next);
        Store(k0, k1, to += stride, start, from += next);
        Store(l0, l1, to += stride, start, from += next);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> x, Vector512<float> y, float* to, TileStart start, float* from)
    {
        if (start != TileStart.Zero) (x, y) = (x + Vector512.Load(from), y + Vector512.Load(from + Lanes));
        x.Store(to);
        y.Store(to + Lanes);
    }
}
