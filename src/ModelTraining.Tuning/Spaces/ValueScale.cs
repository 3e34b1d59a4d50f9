using System.Globalization;

namespace ModelTraining;

/// <summary>The range of a quantity, and how its values lie in [0, 1].</summary>
/// <param name="Low">The least value.</param>
/// <param name="High">The greatest value.</param>
/// <param name="Log">Whether equal parts of the range are equal ratios of values.</param>
/// <param name="Step">The distance of values; null where they are continuous.</param>
/// <param name="Whole">Whether values are whole numbers.</param>
internal sealed record ValueScale(double Low, double High, bool Log, double? Step, bool Whole)
{
    // A step that divides the range but for rounding has its end in it.
    private const double Rounding = 1e-9;

    /// <summary>How many values there are; <see cref="int.MaxValue"/> where they are continuous or more than that.</summary>
    public int Count => Step is { } step ? (int)Math.Min(int.MaxValue, Math.Floor((High - Low) / step + Rounding) + 1) : int.MaxValue;

    // Whole numbers on a logarithmic scale have half a step at each end, so that the ends are as likely as their neighbours.
    private double From => Log ? Math.Log(Whole ? Low - 0.5 : Low) : Low;

    private double To => Log ? Math.Log(Whole ? High + 0.5 : High) : High;

    public double ValueAt(int position) => Math.Min(High, Low + (position * (Step ?? 0)));

    public double FromShare(double share)
    {
        if (!Log && Step is not null) return ValueAt((int)Math.Min(Count - 1, Math.Floor(share * Count)));
        var value = From + (share * (To - From));
        if (Log) value = Math.Exp(value);
        return Math.Clamp(Whole ? Math.Round(value) : value, Low, High);
    }

    public double ToShare(double value)
    {
        if (!Log && Step is { } step) return (Math.Round((value - Low) / step) + 0.5) / Count;
        return ((Log ? Math.Log(value) : value) - From) / (To - From);
    }

    public bool Has(double value) => value >= Low && value <= High && (!Whole || value == Math.Floor(value));

    public string Text(double value) => Whole ? value.ToString("0", CultureInfo.InvariantCulture) : value.ToString("G4", CultureInfo.InvariantCulture);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Whole ? "int" : "float")} from {Low} to {High}{(Log ? ", log" : "")}{(Step is { } step && !(Whole && step == 1) ? $", step {step}" : "")}");
}
