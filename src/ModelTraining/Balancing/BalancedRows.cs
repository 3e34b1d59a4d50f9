namespace ModelTraining;

/// <summary>
/// The training rows while they are balanced. A row is a position in the data; from its end on they are rows that were made, which have values of their own. Rows may be named more than once. Not
/// thread-safe.
/// </summary>
internal sealed class BalancedRows
{
    private readonly TrainingData _data;
    private readonly int _given;
    private readonly List<float>[] _madeValues;
    private readonly List<float> _madeClasses = [];
    private readonly List<float> _madeWeights = [];

    /// <param name="data">The data; rows whose weight is 0, which nothing learns from, are left out.</param>
    public BalancedRows(TrainingData data)
    {
        _data = data;
        _given = data.Features.RowCount;
        _madeValues = new List<float>[data.Features.Count];
        for (var feature = 0; feature < _madeValues.Length; feature++) _madeValues[feature] = [];
        Rows = data.TrainingRows.ToArray();
        if (!data.Weights.IsEmpty) Rows = Array.FindAll(Rows, row => data.Weights[row] > 0);
        Given = Rows;
        ClassFactors = new double[data.Target.Classes.Count];
        Array.Fill(ClassFactors, 1);
    }

    /// <summary>The rows to train on by now.</summary>
    public int[] Rows { get; set; }

    /// <summary>The rows that there were to begin with.</summary>
    public int[] Given { get; }

    /// <summary>What the weights of each class's rows are multiplied by.</summary>
    public double[] ClassFactors { get; }

    public IReadOnlyList<string> Classes => _data.Target.Classes;

    /// <summary>The name of the label.</summary>
    public string Label => _data.Target.Column;

    public IReadOnlyList<FeatureInfo> Features => _data.Features.Features;

    public int ClassOf(int row) => (int)(row < _given ? _data.Target.Values[row] : _madeClasses[row - _given]);

    public float Value(int feature, int row) => row < _given ? _data.Features.Column(feature)[row] : _madeValues[feature][row - _given];

    /// <summary>How many rows each class has by now.</summary>
    public int[] Counts()
    {
        var counts = new int[Classes.Count];
        foreach (var row in Rows) counts[ClassOf(row)]++;
        return counts;
    }

    /// <summary>The rows of a class.</summary>
    public int[] Of(int @class) => Array.FindAll(Rows, row => ClassOf(row) == @class);

    /// <summary>
    /// Makes a row of the class of <paramref name="from"/> on the segment to another: <paramref name="gap"/> of the way there. It is to be trained on once it is among <see cref="Rows"/>.
    /// </summary>
    /// <returns>Its position.</returns>
    public int Between(int from, int to, double gap)
    {
        for (var feature = 0; feature < _madeValues.Length; feature++)
        {
            var (start, end) = (Value(feature, from), Value(feature, to));
            _madeValues[feature].Add((float)(start + (gap * ((double)end - start))));
        }

        _madeClasses.Add(ClassOf(from));
        _madeWeights.Add((float)(Weight(from) + (gap * (Weight(to) - Weight(from)))));
        return _given + _madeClasses.Count - 1;
    }

    /// <summary>Gives the row that was made last the value that another row has.</summary>
    public void CopyValue(int feature, int row) => _madeValues[feature][^1] = Value(feature, row);

    /// <summary>The data with these rows to train on. Rows of the data keep their positions, and so do those of other parts their weights.</summary>
    public TrainingData ToData()
    {
        var rows = (int[])Rows.Clone();
        Array.Sort(rows);
        if (_madeClasses.Count == 0)
        {
            var weights = Weights(rows);
            return rows.AsSpan().SequenceEqual(_data.TrainingRows.Span) ? _data.WithWeights(weights) : new TrainingData(_data.Features, _data.Target, rows, _data.ValidationRows, weights);
        }

        var columns = new ReadOnlyMemory<float>[_madeValues.Length];
        for (var feature = 0; feature < columns.Length; feature++)
        {
            columns[feature] = Together(_data.Features.Column(feature), _madeValues[feature]);
            if (_data.Features.Spill is { } spill && spill.Keep(columns[feature], out var kept)) columns[feature] = kept;
        }

        var features = new FeatureSet(Features, columns) { Spill = _data.Features.Spill };
        var target = new Target(Label, _data.Target.Task, Together(_data.Target.Values, _madeClasses), Classes);
        return new TrainingData(features, target, rows, _data.ValidationRows, Weights(rows));
    }

    private double Weight(int row) => row >= _given ? _madeWeights[row - _given] : _data.Weights.IsEmpty ? 1 : _data.Weights[row];

    /// <param name="rows">The rows to train on, ascending.</param>
    private float[] Weights(int[] rows)
    {
        if (_data.Weights.IsEmpty && ClassFactors.All(factor => factor == 1)) return [];
        var weights = new float[_given + _madeClasses.Count];
        for (var row = 0; row < weights.Length; row++) weights[row] = (float)Weight(row);
        for (var i = 0; i < rows.Length; i++)
        {
            if (i == 0 || rows[i] != rows[i - 1]) weights[rows[i]] *= (float)ClassFactors[ClassOf(rows[i])];
        }

        return weights;
    }

    private static float[] Together(ReadOnlySpan<float> given, List<float> made)
    {
        var all = new float[given.Length + made.Count];
        given.CopyTo(all);
        made.CopyTo(all, given.Length);
        return all;
    }
}
