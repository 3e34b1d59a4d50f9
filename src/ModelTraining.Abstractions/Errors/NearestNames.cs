namespace ModelTraining;

/// <summary>The names that someone who wrote a wrong one may have meant.</summary>
internal static class NearestNames
{
    private const int Shown = 3;
    private const int LongestShown = 60;

    /// <summary>"Did you mean 'age'? The names are: …", the nearest first.</summary>
    public static string Sentence(string name, IEnumerable<string> known)
    {
        // A file that is no table may have a name of a million characters: neither compare nor print it whole.
        name = Cut(name);
        var names = known.Select(Cut).Distinct().ToList();
        if (names.Count == 0) return "There are none.";
        var near = names
            .Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= Math.Max(2, Math.Max(name.Length, pair.candidate.Length) / 3) || Contains(pair.candidate, name))
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Take(Shown).Select(pair => $"'{pair.candidate}'").ToList();
        return near.Count > 0
            ? $"Did you mean {string.Join(" or ", near)}?"
            : $"Known are {string.Join(", ", names.Take(12).Select(known => $"'{known}'"))}{(names.Count > 12 ? $" and {names.Count - 12} more" : "")}.";
    }

    private static string Cut(string name) => name.Length <= LongestShown ? name : name[..(LongestShown - 1)] + "…";

    private static bool Contains(string candidate, string name) =>
        name.Length > 2 && candidate.Length > 2 &&
        (candidate.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(candidate, StringComparison.OrdinalIgnoreCase));

    /// <summary>Levenshtein's distance, letters of either case being equal.</summary>
    private static int Distance(string a, string b)
    {
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
