using System.Globalization;

namespace ModelTraining;

/// <summary>What a model goes by, as <c>Explain</c> found it on the test part. Immutable.</summary>
public sealed class Explanation
{
    private const int ShownColumns = 10;

    internal Explanation(ShapValues? shap, IReadOnlyList<PermutationImportance> permutations, string metric, double score) => (Shap, Permutations, Metric, Score) = (shap, permutations, metric, score);

    /// <summary>The SHAP values of some test rows; null where none were asked for, or the model is no <see cref="IExplainableModel"/>.</summary>
    public ShapValues? Shap { get; }

    /// <summary>The permutation importance of each column that the model takes, most first; empty where none were asked for.</summary>
    public IReadOnlyList<PermutationImportance> Permutations { get; }

    /// <summary>The key of the metric that <see cref="Permutations"/> are measured by.</summary>
    public string Metric { get; }

    /// <summary>The metric on the test part as it is; NaN where no permutation importances were asked for, or the metric is not defined.</summary>
    public double Score { get; }

    /// <summary>Both importances for a console.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (Permutations.Count > 0)
        {
            var table = new TextTable(string.Create(CultureInfo.InvariantCulture, $"Permuted, {Metric} {Score:0.0###}"), ["worse by", "deviation"]);
            foreach (var (column, mean, deviation) in Permutations.Take(ShownColumns)) table.Add(column, [mean.ToString("G4", CultureInfo.InvariantCulture), deviation.ToString("G2", CultureInfo.InvariantCulture)]);
            parts.Add(table.ToString());
        }

        if (Shap is not null) parts.Add(Shap.ByColumn().ToString());
        return parts.Count == 0 ? "Nothing was explained." : string.Join(Environment.NewLine + Environment.NewLine, parts);
    }
}
