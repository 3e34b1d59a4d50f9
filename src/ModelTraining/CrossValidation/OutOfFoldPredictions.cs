using System.Globalization;

namespace ModelTraining;

/// <summary>
/// What was said of each row by the models that had not learned from it, averaged over repeats. Rows that no fold tested, such as the oldest of a time series, have none. Immutable.
/// </summary>
public sealed class OutOfFoldPredictions
{
    private readonly EvaluatedRows _rows;
    private readonly int[] _tested;
    private readonly int[] _origins;
    private readonly int[] _folds;
    private readonly Table _table;
    private readonly Target _target;
    private readonly Lazy<Dictionary<int, int>> _positions;
    private readonly Lazy<int[]> _predicted;

    internal OutOfFoldPredictions(EvaluatedRows rows, int[] tested, int[] origins, int[] folds, Table table, Target target)
    {
        (_rows, _tested, _origins, _folds, _table, _target) = (rows, tested, origins, folds, table, target);
        _positions = new(() => Enumerable.Range(0, _origins.Length).ToDictionary(i => _origins[i]));
        _predicted = new(() =>
        {
            var batch = _rows.Batch();
            var predicted = new int[_rows.Count];
            for (var i = 0; i < predicted.Length; i++) predicted[i] = batch.PredictedClass(i);
            return predicted;
        });
    }

    /// <summary>How many rows have a prediction.</summary>
    public int Count => _rows.Count;

    /// <summary>The rows that have one, as positions in <see cref="PipelineRun.Table"/>, in ascending order.</summary>
    public ReadOnlyMemory<int> Rows => _tested;

    /// <summary>
    /// What was said of a row of the source, by its position there, from 0. Where a stage of your own changed rows before the folds, it is the position among those that it left.
    /// </summary>
    /// <exception cref="ModelTrainingException">MT2655: the row has no prediction: it was never tested, or cleaning took it out.</exception>
    public Prediction this[int sourceRow] => _positions.Value.TryGetValue(sourceRow, out var position)
        ? new Prediction(_target.Classes, _rows.Outputs, position * _target.OutputCount, _target.Classes.Count == 0 ? -1 : _predicted.Value[position])
        : throw new ModelTrainingException("MT2655", $"Row {sourceRow.ToString(CultureInfo.InvariantCulture)} of the source (counted from 0) has no out-of-fold prediction: cleaning took it out, or no fold tested it, as none tests the oldest rows of a time series. {nameof(ToTable)}() has those that are there.");

    /// <summary>
    /// One row each: <c>source_row</c>, its position in the source from 0; <c>fold</c>, the one that tested it, in the first repeat; the label's column; <c>prediction</c>, the class or the number; and for each class
    /// <c>probability_</c> and its name. The label and source_row have their roles; the others are features, as what learns from predictions wants them.
    /// </summary>
    public Table ToTable()
    {
        var label = _table[_target.Column].Take(_tested);
        var names = new ColumnNames(new Schema([new ColumnInfo(label.Name, label.Type)]));
        var row = new IntegerColumn(names.Take("source_row"), Array.ConvertAll(_origins, origin => (long)origin));
        var columns = new List<Column> { row, new IntegerColumn(names.Take("fold"), Array.ConvertAll(_folds, fold => (long)fold)), label };
        if (_target.Classes.Count == 0) columns.Add(new NumberColumn(names.Take("prediction"), _rows.Outputs));
        else columns.Add(new TextColumn(names.Take("prediction"), _predicted.Value, [.. _target.Classes]));
        for (var i = 0; i < _target.Classes.Count; i++)
        {
            var probabilities = new float[_rows.Count];
            for (var j = 0; j < probabilities.Length; j++) probabilities[j] = _rows.Outputs[(j * _target.Classes.Count) + i];
            columns.Add(new NumberColumn(names.Take($"probability_{_target.Classes[i]}"), probabilities));
        }

        return new Table(columns, new Dictionary<string, ColumnRole> { [row.Name] = ColumnRole.Id, [columns[1].Name] = ColumnRole.Ignored, [label.Name] = ColumnRole.Label });
    }
}
