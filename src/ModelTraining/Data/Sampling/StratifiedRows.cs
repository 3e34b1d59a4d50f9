using System.Globalization;

namespace ModelTraining;

/// <summary>
/// A number of rows, of each class by its share in all rows, and at least one. A sample of its own is held of each class, as large as the whole may be, since until the
/// last row any class may turn out to be the one that nearly all rows are of; what is too much of each is dropped at the end.
/// </summary>
internal sealed class StratifiedRows : StratifiedSampler
{
    private readonly int _rows;

    public StratifiedRows(int rows, SeededRandom random) : base(random, Math.Min(rows, MostClasses)) => (_rows, Room) = (rows, RoomFor(rows));

    public override long MostRows => Room;

    public override string? Says(int read) => Seen <= _rows ? null : string.Create(CultureInfo.InvariantCulture, $"{read:N0} of {Seen:N0} rows are taken, drawn at random from each of {ClassCount} classes by its share");

    protected override bool TakesAll => Seen <= _rows;

    /// <summary>Gives each class its share of the sample: the whole part of it, one at least, and what is left to those that have lost most by that.</summary>
    protected override void Share(IReadOnlyList<long> rowsOfClass, int[] quotas)
    {
        var left = _rows;
        var lost = new double[quotas.Length];
        for (var i = 0; i < quotas.Length; i++)
        {
            var share = _rows * (double)rowsOfClass[i] / Seen;
            quotas[i] = Math.Max(1, (int)share);
            lost[i] = share - quotas[i];
            left -= quotas[i];
        }

        // Classes that were given one of more than their share are many; the largest can do without.
        for (; left < 0; left++) quotas[Array.IndexOf(quotas, quotas.Max())]--;
        foreach (var i in Enumerable.Range(0, quotas.Length).OrderByDescending(i => lost[i]).Take(left)) quotas[i]++;
    }

    protected override void Hold(IReadOnlyList<long> rowsOfClass, int[] quotas) => Array.Fill(quotas, _rows);

    protected override long RoomFor(int held) => held + (long)Math.Max(_rows, LeastRoom);

    protected override ModelTrainingException TooMany() => new("MT2126", string.Create(CultureInfo.InvariantCulture,
        $"Sample has stratify: true, and the label has more than {Math.Min(_rows, MostClasses):N0} different values. {(_rows < MostClasses ? "Take at least a row of each, or leave" : "They are no classes; leave")} stratify out, which takes rows of all values by their shares, more or less."));
}
