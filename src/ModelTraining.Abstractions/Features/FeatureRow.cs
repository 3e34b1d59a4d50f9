namespace ModelTraining;

/// <summary>
/// A row as a function of a feature sees it: the columns that a caller of the model would give, each as what it is, before anything is repaired or filled. The label and the weight are not among them.
/// Columns of functions that stand before are.
/// </summary>
public readonly struct FeatureRow
{
    private readonly RowValues _values;
    private readonly int _functions;

    internal FeatureRow(RowValues values, int functions) => (_values, _functions) = (values, functions);

    /// <summary>The value of a column of numbers, or of booleans as 0 and 1; not a number where it is missing.</summary>
    /// <param name="column">The column.</param>
    /// <exception cref="ModelTrainingException">MT2001: there is no such column. MT2248: it is the label or the weight. MT2249: it is of another type. MT2503: the value is no number.</exception>
    public double Number(string column) => _values.Number(column, _functions);

    /// <summary>The value of a column of text; null where it is missing.</summary>
    /// <param name="column">The column.</param>
    /// <exception cref="ModelTrainingException">MT2001: there is no such column. MT2248: it is the label or the weight. MT2249: it is of another type.</exception>
    public string? Text(string column) => _values.Text(column, _functions);

    /// <summary>The value of a column of dates; null where it is missing.</summary>
    /// <param name="column">The column.</param>
    /// <exception cref="ModelTrainingException">MT2001: there is no such column. MT2248: it is the label or the weight. MT2249: it is of another type. MT2503: the value is no date.</exception>
    public DateTime? Date(string column) => _values.Date(column, _functions);
}
