using System.Globalization;

namespace ModelTraining;

/// <summary>An axis of a chart: what it is of, from where to where, and its ticks at round numbers.</summary>
internal sealed class Axis
{
    private const int WantedTicks = 5;
    private const double Least = 1e-300; // what is smaller can't be divided into ticks

    private readonly Func<double, double> _scale = value => value;

    private Axis(string label, double min, double max, double step)
    {
        (Label, Min, Max) = (label, min, max);
        var first = Math.Ceiling(min / step - 1e-9) * step;
        var count = (int)Math.Clamp(Math.Floor((max - first) / step + 1e-9) + 1, 0, 3 * WantedTicks);
        var values = Enumerable.Range(0, count).Select(i => first + i * step).ToList();
        var largest = Math.Max(Math.Abs(min), Math.Abs(max));
        Ticks = [.. values.Select(value => (value, Text(value, step, largest)))];
    }

    private Axis(string label, double least, double most, int radix)
    {
        _scale = value => Math.Log(value, radix);
        (Label, Min, Max) = (label, Math.Floor(_scale(least) + 1e-9), Math.Ceiling(_scale(most) - 1e-9));
        if (Max <= Min) Max = Min + 1;
        var step = Math.Ceiling((Max - Min) / (2 * WantedTicks));
        var count = (int)Math.Floor((Max - Min) / step) + 1;
        Ticks = [.. Enumerable.Range(0, count).Select(i => Math.Pow(radix, Min + (i * step))).Select(value => (value, ReportNumber.Short(value)))];
    }

    public string Label { get; }

    public double Min { get; }

    public double Max { get; }

    public IReadOnlyList<(double Value, string Text)> Ticks { get; }

    /// <summary>From 0 to 1.</summary>
    public static Axis Unit(string label) => new(label, 0, 1, 0.2);

    /// <summary>Steps from 1 on.</summary>
    public static Axis Steps(string label, int count) => new(label, 1, Math.Max(2, count), Math.Max(1, RoundStep(count)));

    /// <summary>Holds all of <paramref name="values"/>, which are greater than 0, by their logarithms, and ends at powers of <paramref name="radix"/>, which are its ticks.</summary>
    public static Axis Powers(string label, IReadOnlyCollection<double> values, int radix) => new(label, values.Min(), values.Max(), radix);

    /// <summary>Holds all finite ones of <paramref name="values"/>, and ends at ticks.</summary>
    public static Axis Over(string label, IEnumerable<double> values)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) continue;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
        }

        // Nothing to hold, or more than doubles can subtract: an axis that is drawn is better than a report that is not.
        if (min > max || !double.IsFinite(max - min)) (min, max) = (0, 1);
        if (max - min <= Math.Max(Least, 1e-12 * Math.Max(Math.Abs(min), Math.Abs(max))))
        {
            var around = Math.Abs(min) <= Least ? 0.5 : Math.Abs(min) * 0.05;
            (min, max) = (min - around, max + around);
        }

        var step = RoundStep(max - min);
        return new Axis(label, Math.Floor(min / step + 1e-9) * step, Math.Ceiling(max / step - 1e-9) * step, step);
    }

    /// <summary>Where a value stands, 0 at the beginning and 1 at the end; what lies outside is drawn at the border.</summary>
    public double Position(double value) => Math.Clamp((_scale(value) - Min) / (Max - Min), 0, 1);

    /// <summary>1, 2 or 5 times a power of ten, some <see cref="WantedTicks"/> of which make the span (Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990).</summary>
    private static double RoundStep(double span)
    {
        var raw = span / WantedTicks;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return (raw / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 } * power;
    }

    private static string Text(double value, double step, double largest)
    {
        if (Math.Abs(value) < step / 1000) return "0";
        return largest switch
        {
            >= 1e9 or < 1e-3 => value.ToString("0.###E+0", CultureInfo.InvariantCulture),
            >= 1e6 => Decimals(value / 1e6, step / 1e6) + "M",
            >= 1e4 => Decimals(value / 1e3, step / 1e3) + "k",
            _ => Decimals(value, step),
        };
    }

    private static string Decimals(double value, double step) =>
        value.ToString("F" + Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 9).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
