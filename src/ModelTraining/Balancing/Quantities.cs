namespace ModelTraining;

/// <summary>For methods that make rows between others: there is nothing between two categories.</summary>
internal static class Quantities
{
    private const int Shown = 3;

    /// <exception cref="ModelTrainingException">MT2672: a feature is nominal.</exception>
    public static void Check(FeatureSpace space, BalancedRows rows, string method)
    {
        if (space.Nominal.Count == 0) return;
        var names = space.Nominal.Take(Shown).Select(group => $"'{rows.Features[group[0]].Name}'{(group.Count > 1 ? $" to '{rows.Features[group[^1]].Name}'" : "")}").ToList();
        var more = space.Nominal.Count > Shown ? $" and {space.Nominal.Count - Shown} more" : "";
        throw new ModelTrainingException("MT2672", $"{method} makes rows between others, and there is nothing between categories: {string.Join(", ", names)}{more}. Take Resample.SmoteNc, which gives such features the value that most neighbours have.");
    }
}
