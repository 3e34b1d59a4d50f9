using System.Globalization;

namespace ModelTraining;

/// <summary>
/// A share of the rows of each class, to half a row, and at least one. While it is read, of each class somewhat more than its share is held: how much, follows from
/// Hoeffding's inequality ("Probability inequalities for sums of bounded random variables", 1963), so that a row that is dropped would hardly ever have been taken in the end.
/// </summary>
internal sealed class StratifiedShare(double share, SeededRandom random) : StratifiedSampler(random, MostClasses)
{
    /// <summary>exp(−2·16) is the chance that what is held of a class does not do.</summary>
    private const double Doubt = 16;

    public override string? Says(int rows) => string.Create(CultureInfo.InvariantCulture, $"{rows:N0} of {Seen:N0} rows are taken, drawn at random from each of {ClassCount} classes with a share of {share}");

    protected override bool TakesAll => Seen == 0;

    protected override void Share(IReadOnlyList<long> rowsOfClass, int[] quotas)
    {
        for (var i = 0; i < quotas.Length; i++) quotas[i] = (int)Math.Clamp(Math.Round(share * rowsOfClass[i]), 1, Array.MaxLength);
    }

    protected override void Hold(IReadOnlyList<long> rowsOfClass, int[] quotas)
    {
        for (var i = 0; i < quotas.Length; i++) quotas[i] = (int)Math.Min(Array.MaxLength, Math.Ceiling(rowsOfClass[i] * Math.Min(1, share + (2 * Math.Sqrt(Doubt / rowsOfClass[i])))));
    }

    protected override long RoomFor(int held) => held + (long)Math.Max(held, LeastRoom);

    protected override ModelTrainingException TooMany() => new("MT2126", string.Create(CultureInfo.InvariantCulture,
        $"Sample has stratify: true, and the label has more than {MostClasses:N0} different values. They are no classes; leave stratify out, which takes rows of all values by their shares, more or less."));
}
