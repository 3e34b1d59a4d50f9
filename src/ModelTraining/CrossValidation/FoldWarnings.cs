using System.Text;

namespace ModelTraining;

/// <summary>Says once what several folds warn of. Warnings that differ by their numbers alone are the same: the first stands for all.</summary>
internal static class FoldWarnings
{
    public static IEnumerable<string> Joined(IReadOnlyList<IReadOnlyList<string>> warnings)
    {
        var found = new OrderedDictionary<string, (string First, List<int> Folds, bool Varies)>();
        for (var fold = 0; fold < warnings.Count; fold++)
        {
            foreach (var warning in warnings[fold])
            {
                var key = WithoutNumbers(warning);
                if (!found.TryGetValue(key, out var known)) found.Add(key, (warning, [fold + 1], false));
                else found[key] = (known.First, known.Folds[^1] == fold + 1 ? known.Folds : [.. known.Folds, fold + 1], known.Varies || known.First != warning);
            }
        }

        return found.Values.Select(known => (known.Folds.Count == warnings.Count, known.Varies) switch
        {
            (true, false) => known.First,
            (true, true) => $"{known.First} (fold 1, and alike in the others)",
            (false, false) => $"{known.First} ({Words(known.Folds)})",
            _ => $"{known.First} (fold {known.Folds[0]}, and alike in {ReportNumber.Count(known.Folds.Count - 1)} more)",
        });
    }

    private static string Words(List<int> folds) => folds.Count > 10 ? ReportNumber.Count(folds.Count, "fold") : $"{(folds.Count == 1 ? "fold" : "folds")} {string.Join(", ", folds)}";

    private static string WithoutNumbers(string warning)
    {
        var text = new StringBuilder(warning.Length);
        foreach (var character in warning)
        {
            if (!char.IsAsciiDigit(character)) text.Append(character);
            else if (text.Length == 0 || text[^1] != '#') text.Append('#');
        }

        return text.ToString();
    }
}
