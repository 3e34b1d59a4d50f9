namespace Eng.Feeds;

/// <summary>A version as NuGet compares it: 1.0 is 1.0.0, and 1.0.0.0 is too.</summary>
internal readonly record struct PackageVersion(Version Number, string Label)
{
    public bool IsStable => Label.Length == 0;

    public static bool TryParse(string text, out PackageVersion version)
    {
        var parts = text.Split('+')[0].Split('-', 2);
        var plain = Version.TryParse(parts[0].Contains('.', StringComparison.Ordinal) ? parts[0] : parts[0] + ".0", out Version? number);
        var label = parts.ElementAtOrDefault(1)?.ToLowerInvariant() ?? "";
        version = plain ? new(new Version(number!.Major, number.Minor, Math.Max(number.Build, 0), Math.Max(number.Revision, 0)), label) : default;
        return plain;
    }

    public override string ToString() => Number.ToString(Number.Revision > 0 ? 4 : 3) + (IsStable ? "" : "-" + Label);
}
