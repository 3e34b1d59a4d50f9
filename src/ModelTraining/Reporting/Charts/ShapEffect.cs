namespace ModelTraining;

/// <summary>What a column did to the rows explained: one output's SHAP values beside where each row stands among the column's values.</summary>
internal sealed class ShapEffect
{
    /// <summary>A weaker correlation goes one way here and another there.</summary>
    private const double ClearCorrelation = 0.3;

    private ShapEffect(ShapImportance importance, double[] shap, double[] ranks) => (Importance, Shap, Ranks) = (importance, shap, ranks);

    public ShapImportance Importance { get; }

    /// <summary>One a row.</summary>
    public double[] Shap { get; }

    /// <summary>One a row, 0 to 1; NaN where a column has no order or a row no value.</summary>
    public double[] Ranks { get; }

    /// <summary>What more of the column does, in a word; null where that can't be said.</summary>
    public string? OfMore => ValueRanks.CorrelationWith(Ranks, Shap) switch
    {
        >= ClearCorrelation => "raises",
        <= -ClearCorrelation => "lowers",
        _ => null,
    };

    /// <summary>The columns that moved predictions most, of a model that says one number a row.</summary>
    public static IReadOnlyList<ShapEffect> Of(ShapValues byColumn, int most) => [.. byColumn.Importances.Take(most).Where(importance => importance.MeanAbsolute > 0).Select(importance =>
    {
        var column = byColumn.Features.Index().First(pair => pair.Item == importance.Feature).Index;
        var shap = new double[byColumn.Rows.RowCount];
        for (var row = 0; row < shap.Length; row++) shap[row] = byColumn[row, column];
        return new ShapEffect(importance, shap, ValueRanks.Of(byColumn.Rows, importance.Feature));
    })];
}
