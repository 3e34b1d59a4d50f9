namespace ModelTraining;

/// <summary>
/// Takes rows of each class by its share in all rows, in one pass: within a class each row has the same chance. Rows are held, and those that are certainly, or as good
/// as certainly, not among the ones to be taken are dropped by and by. Like <see cref="RandomRows"/>, of each class those with the smallest numbers drawn stay, and the rows
/// stay in the order of the source.
/// </summary>
/// <param name="random">What is drawn from.</param>
/// <param name="mostClasses">More are no classes, or too many to have a row of each.</param>
internal abstract class StratifiedSampler(SeededRandom random, int mostClasses) : RowSampler
{
    protected const int LeastRoom = 4096;
    protected const int MostClasses = 1000;

    // One entry a row that is held; of a class only as far as it is known.
    private readonly List<ulong> _drawn = [];
    private readonly List<int> _classes = [];
    private readonly List<long> _rowsOfClass = [];

    /// <summary>How many rows are held before some are dropped.</summary>
    protected long Room { get; set; } = 2 * LeastRoom;

    protected int ClassCount => _rowsOfClass.Count;

    public override bool Drops(bool atEnd, out int[] kept)
    {
        kept = [];
        if (!atEnd && _drawn.Count < Room) return false;
        Classify();
        if (atEnd && TakesAll) return false;
        var quotas = new int[_rowsOfClass.Count];
        if (atEnd) Share(_rowsOfClass, quotas);
        else Hold(_rowsOfClass, quotas);
        kept = Smallest(quotas);
        for (var i = 0; i < kept.Length; i++) (_drawn[i], _classes[i]) = (_drawn[kept[i]], _classes[kept[i]]);
        _drawn.RemoveRange(kept.Length, _drawn.Count - kept.Length);
        _classes.RemoveRange(kept.Length, _classes.Count - kept.Length);
        Room = RoomFor(kept.Length);
        return true;
    }

    /// <summary>Whether no row of those seen is to be dropped at the end.</summary>
    protected abstract bool TakesAll { get; }

    /// <summary>How many rows of each class are taken in the end, at least one.</summary>
    protected abstract void Share(IReadOnlyList<long> rowsOfClass, int[] quotas);

    /// <summary>How many rows of each class are held while more may come.</summary>
    protected abstract void Hold(IReadOnlyList<long> rowsOfClass, int[] quotas);

    /// <summary>How many rows may be held before it is time to drop some again.</summary>
    protected abstract long RoomFor(int held);

    protected abstract ModelTrainingException TooMany();

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
                if (known == mostClasses) throw TooMany();
            }

            _classes.Add(known);
            _rowsOfClass[known]++;
        }
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
}
