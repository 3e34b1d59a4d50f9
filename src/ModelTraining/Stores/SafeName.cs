using System.Buffers;

namespace ModelTraining;

/// <summary>Names that become the names of files: what is asked for from outside must stay within the folder, on every system.</summary>
internal static class SafeName
{
    private const int MostCharacters = 100;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\:*?\"<>|");

    /// <summary>Why it can't be the name of a file; null when it can.</summary>
    public static string? Trouble(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return "it is empty";
        if (name.Length > MostCharacters) return $"it has more than {MostCharacters} characters";
        if (name.AsSpan().IndexOfAny(Forbidden) is >= 0 and var at) return $"it has a '{name[at]}'";
        if (name.Any(char.IsControl)) return "it has a control character";
        if (name[0] is '.' or ' ') return "it begins with a dot or a space";
        if (name[^1] is '.' or ' ') return "it ends in a dot or a space";
        return IsDevice(name.AsSpan(0, name.IndexOf('.') is var dot and >= 0 ? dot : name.Length).TrimEnd()) ? "it is a device of Windows" : null;
    }

    /// <exception cref="ModelTrainingException">MT4310: the name can't be used.</exception>
    public static void Check(string what, string? name)
    {
        if (Trouble(name) is { } trouble) throw Refused(what, name, trouble);
    }

    public static ModelTrainingException Refused(string what, string? name, string trouble) =>
        new("MT4310", $"{what} can't be called '{Shown(name)}': {trouble}. Use letters, digits, '-' and '_'.");

    private static string? Shown(string? name) => name is { Length: > MostCharacters } ? name[..MostCharacters] + "…" : name;

    private static bool IsDevice(ReadOnlySpan<char> stem) =>
        stem.Equals("CON", StringComparison.OrdinalIgnoreCase) || stem.Equals("PRN", StringComparison.OrdinalIgnoreCase)
        || stem.Equals("AUX", StringComparison.OrdinalIgnoreCase) || stem.Equals("NUL", StringComparison.OrdinalIgnoreCase)
        || (stem.Length == 4 && char.IsAsciiDigit(stem[3]) && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase)));
}
