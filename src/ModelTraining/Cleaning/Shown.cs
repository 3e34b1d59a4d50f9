using System.Globalization;

namespace ModelTraining;

/// <summary>Values as reports write them.</summary>
internal static class Shown
{
    /// <summary>A value as it would stand in a file; empty when missing.</summary>
    public static string Of(object? value) => value switch
    {
        DateTime { TimeOfDay.Ticks: 0 } date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        bool boolean => boolean ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
