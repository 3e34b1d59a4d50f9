namespace ModelTraining;

/// <summary>
/// How outliers among numbers are told and treated: <c>Outliers.Iqr().Clip()</c>, <c>Outliers.ZScore(4).Flag()</c>. The bounds are learned from the training rows.
/// A column whose values are so alike that the method gives it no width, such as one that is nearly always 0 by its quartiles, has no outliers.
/// </summary>
public sealed record Outliers
{
    private Outliers(OutlierMethod method, double threshold, OutlierAction action) => (Method, Threshold, Action) = (method, threshold, action);

    /// <summary>Nobody looks for outliers.</summary>
    public static Outliers None { get; } = new(OutlierMethod.Iqr, 1.5, OutlierAction.None);

    /// <summary>Outliers by quartiles; counted and left as they are, unless something else is said.</summary>
    /// <param name="threshold">How many times the distance between the quartiles beyond them. Default 1.5, positive.</param>
    public static Outliers Iqr(double threshold = 1.5) => new(OutlierMethod.Iqr, threshold, OutlierAction.Report);

    /// <summary>Outliers by standard deviations; counted and left as they are, unless something else is said.</summary>
    /// <param name="threshold">How many standard deviations from the mean. Default 3, positive.</param>
    public static Outliers ZScore(double threshold = 3) => new(OutlierMethod.ZScore, threshold, OutlierAction.Report);

    /// <summary>Outliers by the median and the median distance from it; counted and left as they are, unless something else is said.</summary>
    /// <param name="threshold">The modified z-score beyond which a number is one; see <see cref="OutlierMethod.Mad"/>. Default 3.5, positive.</param>
    public static Outliers Mad(double threshold = 3.5) => new(OutlierMethod.Mad, threshold, OutlierAction.Report);

    /// <summary>What counts as one.</summary>
    public OutlierMethod Method { get; }

    /// <summary>How far off, in the unit of <see cref="Method"/>.</summary>
    public double Threshold { get; }

    /// <summary>What is done about them.</summary>
    public OutlierAction Action { get; private init; }

    /// <summary>They become the nearest value that is none; see <see cref="OutlierAction.Clip"/>.</summary>
    public Outliers Clip() => this with { Action = OutlierAction.Clip };

    /// <summary>Training rows that have one are not learned from; see <see cref="OutlierAction.Drop"/>.</summary>
    public Outliers Drop() => this with { Action = OutlierAction.Drop };

    /// <summary>A column of 0 and 1 says which they are; see <see cref="OutlierAction.Flag"/>.</summary>
    public Outliers Flag() => this with { Action = OutlierAction.Flag };

    internal IEnumerable<Problem> Validate()
    {
        if (!(Threshold > 0 && double.IsFinite(Threshold))) yield return new Problem("MT1204", FormattableString.Invariant($"The threshold of outliers must be positive and finite. Got {Threshold}."));
    }

    /// <inheritdoc/>
    public override string ToString() => Action == OutlierAction.None ? "None" : FormattableString.Invariant($"{Action} beyond {Threshold} {Method}");
}
