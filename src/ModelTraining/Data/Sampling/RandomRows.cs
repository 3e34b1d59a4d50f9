using System.Globalization;

namespace ModelTraining;

/// <summary>
/// Takes a number of rows in one pass, each with the same chance, without knowing how many there are: every row draws a number, and those with the smallest
/// numbers are the sample (bottom-k, Cohen and Kaplan, "Summarizing data using bottom-k sketches", 2007). Twice as many as wanted are held before the
/// others are dropped, so that dropping costs little; from then on nearly every row is passed over at the cost of drawing its number. The rows
/// stay in the order of the source.
/// </summary>
internal sealed class RandomRows(int rows, SeededRandom random) : RowSampler
{
    private const int LeastRoom = 4096;

    private readonly List<ulong> _drawn = [];
    private readonly int _room = (int)Math.Min(Array.MaxLength, rows + (long)Math.Max(rows, LeastRoom));
    private ulong? _bound;

    public override long MostRows => _room;

    public override bool Drops(bool atEnd, out int[] kept)
    {
        kept = [];
        if (_drawn.Count <= rows || (!atEnd && _drawn.Count < _room)) return false;
        var sorted = _drawn.ToArray();
        Array.Sort(sorted);
        var bound = sorted[rows - 1];
        kept = new int[rows];
        var count = 0;
        for (var row = 0; row < _drawn.Count && count < rows; row++)
        {
            if (_drawn[row] > bound) continue;
            _drawn[count] = _drawn[row];
            kept[count++] = row;
        }

        _drawn.RemoveRange(rows, _drawn.Count - rows);
        _bound = bound;
        return true;
    }

    public override string? Says(int read) => Seen <= rows ? null : string.Create(CultureInfo.InvariantCulture, $"{read:N0} of {Seen:N0} rows are taken, drawn at random");

    protected override bool Draw()
    {
        var drawn = random.NextBits();
        if (drawn > _bound) return false;
        _drawn.Add(drawn);
        return true;
    }
}
