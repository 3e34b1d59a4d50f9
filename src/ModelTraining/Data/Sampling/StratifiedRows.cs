using System.Globalization;

namespace ModelTraining;

/// <summary>
/// Takes a number of rows in one pass, of each class by its share in all rows, and at least one: within a class each row has the same chance. A sample of
/// its own is held of each class, as large as the whole may be, since until the last row any class may turn out to be the one that nearly all rows are of; what is too
/// much of each is dropped at the end. Like <see cref="RandomRows"/>, those with the smallest numbers drawn stay, and the rows stay in the order of the source.
/// </summary>
internal sealed class StratifiedRows(int rows, SeededRandom random) : RowSampler
{
    private const int LeastRoom = 4096;
    private const int MostClasses = 1000;

    // One entry a row that is held; of a class only as far as it is known.
    private readonly List<ulong> _drawn = [];
    private readonly List<int> _classes = [];
    private readonly List<long> _rowsOfClass = [];
    private long _room = rows + (long)Math.Max(rows, LeastRoom);

    public override long MostRows => _room;

    public override bool Drops(bool atEnd, out int[] kept)
    {
        kept = [];
        if (!atEnd && _drawn.Count < _room) return false;
        Classify();
        if (atEnd && Seen <= rows) return false;
        var quotas = new int[_rowsOfClass.Count];
        if (atEnd) Share(quotas);
        else Array.Fill(quotas, rows);
        kept = Smallest(quotas);
        for (var i = 0; i < kept.Length; i++) (_drawn[i], _classes[i]) = (_drawn[kept[i]], _classes[kept[i]]);
        _drawn.RemoveRange(kept.Length, _drawn.Count - kept.Length);
        _classes.RemoveRange(kept.Length, _classes.Count - kept.Length);
        _room = kept.Length + (long)Math.Max(rows, LeastRoom);
        return true;
    }

    public override string? Says(int read) => Seen <= rows ? null : string.Create(CultureInfo.InvariantCulture, $"{read:N0} of {Seen:N0} rows are taken, drawn at random from each of {_rowsOfClass.Count} classes by its share");

    protected override bool Draw()
    {
        _drawn.Add(random.NextBits());
        return true;
    }

    /// <summary>Finds out the classes of the rows that came since the last time. A source may number classes anew: rows whose class is known say which is which.</summary>
    private void Classify()
    {
        var numbers = Classes is null ? throw new ModelTrainingException("MT1114", "Sample has stratify: true, and no column is the label. Name it where the data comes from, or leave stratify out.") : Classes();
        var classOf = new Dictionary<int, int>();
        for (var row = 0; row < _drawn.Count; row++)
        {
            if (row < _classes.Count)
            {
                classOf.TryAdd(numbers[row], _classes[row]);
                continue;
            }

            if (!classOf.TryGetValue(numbers[row], out var known))
            {
                known = _rowsOfClass.Count;
                classOf.Add(numbers[row], known);
                _rowsOfClass.Add(0);
                if (known == Math.Min(rows, MostClasses)) throw TooMany();
            }

            _classes.Add(known);
            _rowsOfClass[known]++;
        }
    }

    /// <summary>Gives each class its share of the sample: the whole part of it, one at least, and what is left to those that have lost most by that.</summary>
    private void Share(int[] quotas)
    {
        var left = rows;
        var lost = new double[quotas.Length];
        for (var i = 0; i < quotas.Length; i++)
        {
            var share = rows * (double)_rowsOfClass[i] / Seen;
            quotas[i] = Math.Max(1, (int)share);
            lost[i] = share - quotas[i];
            left -= quotas[i];
        }

        // Classes that were given one of more than their share are many; the largest can do without.
        for (; left < 0; left++) quotas[Array.IndexOf(quotas, quotas.Max())]--;
        foreach (var i in Enumerable.Range(0, quotas.Length).OrderByDescending(i => lost[i]).Take(left)) quotas[i]++;
    }

    private int[] Smallest(int[] quotas)
    {
        var drawn = new List<ulong>[quotas.Length];
        for (var i = 0; i < drawn.Length; i++) drawn[i] = [];
        for (var row = 0; row < _drawn.Count; row++) drawn[_classes[row]].Add(_drawn[row]);
        var bounds = new ulong[quotas.Length];
        for (var i = 0; i < bounds.Length; i++)
        {
            drawn[i].Sort();
            bounds[i] = drawn[i][Math.Min(quotas[i], drawn[i].Count) - 1];
        }

        var kept = new List<int>();
        for (var row = 0; row < _drawn.Count; row++) if (_drawn[row] <= bounds[_classes[row]]) kept.Add(row);
        return [.. kept];
    }

    private ModelTrainingException TooMany() => new("MT2126", string.Create(CultureInfo.InvariantCulture,
        $"Sample has stratify: true, and the label has more than {Math.Min(rows, MostClasses):N0} different values. {(rows < MostClasses ? "Take at least a row of each, or leave" : "They are no classes; leave")} stratify out, which takes rows of all values by their shares, more or less."));
}
