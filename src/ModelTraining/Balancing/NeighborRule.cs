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
}
