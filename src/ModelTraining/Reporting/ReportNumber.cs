using System.Globalization;

namespace ModelTraining;

/// <summary>Numbers as a report writes them, in the invariant culture.</summary>
internal static class ReportNumber
{
    /// <summary>Stands where there is no number.</summary>
    public const string None = "–";

    private static readonly string[] ByteUnits = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    public static string Count(double count) => double.IsFinite(count) ? count.ToString("#,0.##", CultureInfo.InvariantCulture) : None;

    /// <summary>Without separators: a line of a file.</summary>
    public static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>"1 row", "1,234 rows".</summary>
    public static string Count(long count, string one) => $"{Count(count)} {one}{(count == 1 ? "" : "s")}";

    /// <summary>A share as percent: 12.3 %. What is not quite nothing or all is never written as 0 or 100.</summary>
    public static string Share(double share) => share switch
    {
        double.NaN => None,
        > 0 and < 0.0005 => "< 0.1 %",
        > 0.9995 and < 1 => "> 99.9 %",
        0 or 1 => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %",
        _ => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %",
    };

    /// <summary>As <see cref="Share(double)"/>, of a whole that may be nothing.</summary>
    public static string Share(double part, double whole) => whole > 0 ? Share(part / whole) : None;

    /// <summary>A share as CSS takes it: 12.3%.</summary>
    public static string Width(double share) => double.IsFinite(share) ? (Math.Clamp(share, 0, 1) * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%" : "0%";

    /// <summary>Four digits that say something.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        double.NaN => "not defined",
        double.PositiveInfinity => value > 0 ? "∞" : "−∞",
        0 => "0",
        >= 1e9 or < 1e-4 => value.ToString("0.###E+0", CultureInfo.InvariantCulture),
        >= 1000 => value.ToString("#,0.#", CultureInfo.InvariantCulture),
        >= 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.##", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.###", CultureInfo.InvariantCulture),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };

    /// <summary>A metric's value with as many decimals as what it is compared with.</summary>
    public static string Metric(double value, double beside) =>
        double.IsNaN(value) ? "not defined" : value.ToString(Evaluation.Format(Math.Max(Math.Abs(value), double.IsNaN(beside) ? 0 : Math.Abs(beside))), CultureInfo.InvariantCulture);

    /// <summary>An interval with as many decimals as what it is compared with.</summary>
    public static string Interval(MetricInterval interval, double beside) => double.IsNaN(interval.Low) ? "not defined" : $"{Metric(interval.Low, beside)} to {Metric(interval.High, beside)}";

    public static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        < 0.0995 => time.TotalMilliseconds.ToString("0.#", CultureInfo.InvariantCulture) + " ms",
        < 9.995 => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s",
        < 59.95 => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        < 3599.5 => Parts((long)Math.Round(time.TotalSeconds), "min", "s"),
        _ => Parts((long)Math.Round(time.TotalMinutes), "h", "min"),
    };

    private static string Parts(long count, string sixty, string one) => string.Create(CultureInfo.InvariantCulture, $"{count / 60} {sixty} {count % 60} {one}");

    public static string Moment(DateTimeOffset moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    public static string Bytes(long bytes)
    {
        double size = bytes;
        var unit = 0;
        for (; size >= 1024 && unit < ByteUnits.Length - 1; unit++) size /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {ByteUnits[unit]}");
    }
}
