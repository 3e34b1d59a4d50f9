using System.Globalization;

namespace ModelTraining;

/// <summary>What methods with neighbours ask of their options and rows.</summary>
internal static class NeighborRule
{
    public static IEnumerable<Problem> Validate(string method, string option, int neighbors)
    {
        if (neighbors < 1) yield return new Problem("MT1931", string.Create(CultureInfo.InvariantCulture, $"The '{option}' option of {method} must be at least 1. Got {neighbors}."));
    }

    /// <exception cref="ModelTrainingException">MT2670: the class has too few rows.</exception>
    public static void CheckClass(BalancedRows rows, int @class, int count, string method, int neighbors)
    {
        if (count > neighbors) return;
        var fix = count > 1 ? string.Create(CultureInfo.InvariantCulture, $"Set 'Neighbors' to at most {count - 1}, or take Resample.RandomOver") : "Take Resample.RandomOver or ClassWeights.Balanced, or leave the class out of the strategy";
        throw new ModelTrainingException("MT2670", string.Create(CultureInfo.InvariantCulture,
            $"Class '{rows.Classes[@class]}' of '{rows.Label}' has {count} training {(count == 1 ? "row" : "rows")}, and {method} needs {neighbors + 1}: a row and {neighbors} {(neighbors == 1 ? "neighbour" : "neighbours")}. {fix}."));
    }

    /// <exception cref="ModelTrainingException">MT2670: there are too few rows.</exception>
    public static void CheckAll(BalancedRows rows, string method, string option, int neighbors)
    {
        if (rows.Rows.Length > neighbors) return;
        throw new ModelTrainingException("MT2670", string.Create(CultureInfo.InvariantCulture, $"There are {rows.Rows.Length} training rows, and {method} needs {neighbors + 1}: a row and the {neighbors} of '{option}'. Lower '{option}', or give more rows."));
    }

    /// <summary>Drops rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="dropped">For each of them whether it goes.</param>
    /// <param name="method">Who drops them.</param>
    /// <exception cref="ModelTrainingException">MT2676: a class has no row left.</exception>
    public static void Drop(BalancedRows rows, bool[] dropped, string method)
    {
        var before = rows.Counts();
        rows.Rows = [.. rows.Rows.Where((_, i) => !dropped[i])];
        foreach (var (i, count) in rows.Counts().Index())
        {
            if (count == 0 && before[i] > 0) throw new ModelTrainingException("MT2676", string.Create(CultureInfo.InvariantCulture, $"{method} would drop all {before[i]} training rows of class '{rows.Classes[i]}' of '{rows.Label}': each lies among rows of other classes. Leave the class out of its 'Strategy', or leave {method} out."));
        }
    }
}
