using System.Globalization;

namespace ModelTraining;

/// <summary>
/// What each feature did to the predictions of some rows. The SHAP values of a row and its base value sum to what the model says of it, before it is turned into
/// probabilities where <see cref="Unit"/> says so: of trees exact and path-dependent, of linear models exact for independent features. Immutable.
/// </summary>
public sealed class ShapValues
{
    private const int ShownFeatures = 10;
    private const int LongestValue = 30;
    private readonly float[] _values;
    private readonly IReadOnlyList<string> _columns;

    /// <param name="features">The features' names.</param>
    /// <param name="columns">Of each feature the column that it is made of, or itself.</param>
    /// <param name="outputs">What is explained.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="baseValues">One an output.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="values">[rows, outputs, features].</param>
    internal ShapValues(IReadOnlyList<string> features, IReadOnlyList<string> columns, IReadOnlyList<string> outputs, string unit, IReadOnlyList<double> baseValues, Table rows, float[] values)
    {
        (Features, _columns, Outputs, Unit, BaseValues, Rows, _values) = (features, columns, outputs, unit, baseValues, rows, values);
        Importances = MeanAbsolutes();
    }

    /// <summary>The model's features in their order; the columns that they are made of, of SHAP values <see cref="ByColumn"/>.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>What is explained: the second of two classes, each of more, or the label where it is a number.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>
    /// What SHAP values are measured in: log-odds of boosting and logistic regression of two classes, score before softmax of more; probability of forests, of three or
    /// more classes before they are made to sum to 1; value, the label's own unit, of numbers, or log of the value where an objective such as Poisson predicts its exponential.
    /// </summary>
    public string Unit { get; }

    /// <summary>What the model says of a row of which it knows nothing, one for each of <see cref="Outputs"/>.</summary>
    public IReadOnlyList<double> BaseValues { get; }

    /// <summary>The rows that are explained, with their values before preprocessing.</summary>
    public Table Rows { get; }

    /// <summary>How far each feature moved predictions on average, most first.</summary>
    public IReadOnlyList<ShapImportance> Importances { get; }

    /// <summary>The SHAP value of a row and feature.</summary>
    /// <param name="row">The position among <see cref="Rows"/>.</param>
    /// <param name="feature">The position among <see cref="Features"/>.</param>
    /// <param name="output">The position among <see cref="Outputs"/>.</param>
    public float this[int row, int feature, int output = 0] => Row(row, output)[feature];

    /// <summary>The SHAP values of a row, one for each of <see cref="Features"/>.</summary>
    /// <param name="row">The position among <see cref="Rows"/>.</param>
    /// <param name="output">The position among <see cref="Outputs"/>.</param>
    public ReadOnlySpan<float> Row(int row, int output = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)output, (uint)Outputs.Count, nameof(output));
        return _values.AsSpan(((row * Outputs.Count) + output) * Features.Count, Features.Count);
    }

    /// <summary>
    /// The same by the columns that features are made of: the SHAP values of a column's one-hot features, or of the parts of a date, summed. A feature that is made of
    /// several columns stays as it is.
    /// </summary>
    public ShapValues ByColumn()
    {
        var columns = _columns.Distinct().ToList();
        if (columns.Count == Features.Count) return this;
        var places = columns.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var placeOf = _columns.Select(column => places[column]).ToArray();
        var rows = _values.Length / Features.Count;
        var sums = new float[rows * columns.Count];
        Span<double> sum = new double[columns.Count];
        for (var row = 0; row < rows; row++)
        {
            sum.Clear();
            for (var feature = 0; feature < placeOf.Length; feature++) sum[placeOf[feature]] += _values[(row * placeOf.Length) + feature];
            for (var column = 0; column < columns.Count; column++) sums[(row * columns.Count) + column] = (float)sum[column];
        }

        return new ShapValues(columns, columns, Outputs, Unit, BaseValues, Rows, sums);
    }

    /// <summary>The SHAP values as a table, a column a feature and a row for each of <see cref="Rows"/>.</summary>
    /// <param name="output">The position among <see cref="Outputs"/>.</param>
    public Table ToTable(int output = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)output, (uint)Outputs.Count, nameof(output));
        return new Table(Features.Select((name, feature) =>
        {
            var column = new float[Rows.RowCount];
            for (var row = 0; row < column.Length; row++) column[row] = this[row, feature, output];
            return new NumberColumn(name, column);
        }));
    }

    /// <summary>The features that moved predictions most, for a console; of a single row and output what each did, from the base value to what the model says.</summary>
    public override string ToString()
    {
        if (Rows.RowCount == 1 && Outputs.Count == 1) return OfOneRow();
        var table = new TextTable(string.Create(CultureInfo.InvariantCulture, $"SHAP of {Rows.RowCount:N0} rows, {Unit}"), ["mean size"]);
        foreach (var importance in Importances.Take(ShownFeatures)) table.Add(importance.Feature, [importance.MeanAbsolute.ToString("G4", CultureInfo.InvariantCulture)]);
        return table.ToString();
    }

    private string OfOneRow()
    {
        var table = new TextTable($"{Outputs[0]}: {Unit}", ["value", "SHAP"]);
        var (sum, others) = (BaseValues[0], 0.0);
        table.Add("on average", ["", Signed(sum)]);
        foreach (var (place, feature) in Features.Index().OrderByDescending(pair => Math.Abs(this[0, pair.Index])).Select((pair, place) => (place, pair.Index)))
        {
            sum += this[0, feature];
            if (place < ShownFeatures) table.Add(Features[feature], [Shown(Features[feature]), Signed(this[0, feature])]);
            else others += this[0, feature];
        }

        if (Features.Count > ShownFeatures) table.Add($"{ReportNumber.Count(Features.Count - ShownFeatures, "other")}", ["", Signed(others)]);
        table.Add("of this row", ["", Signed(sum)]);
        return table.ToString();
    }

    private string Shown(string column) =>
        !Rows.Schema.Contains(column) ? "" : Excerpt.Of(Convert.ToString(Rows[column][0], CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "missing", LongestValue);

    private static string Signed(double value) => value.ToString("+0.####;-0.####;0", CultureInfo.InvariantCulture);

    private IReadOnlyList<ShapImportance> MeanAbsolutes()
    {
        var sums = new double[Features.Count];
        for (var i = 0; i < _values.Length; i += sums.Length)
        {
            for (var feature = 0; feature < sums.Length; feature++) sums[feature] += Math.Abs(_values[i + feature]);
        }

        return [.. Features.Select((name, feature) => new ShapImportance(name, Rows.RowCount == 0 ? 0 : sums[feature] / Rows.RowCount)).OrderByDescending(importance => importance.MeanAbsolute)];
    }
}
