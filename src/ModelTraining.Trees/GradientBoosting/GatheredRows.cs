namespace ModelTraining;

/// <summary>
/// Some rows of features that lie in a file, side by side: validation rows, that every round reads. Where they stand among the others, nearly every page of the file has one
/// of them, and would be read for it.
/// </summary>
internal static class GatheredRows
{
    /// <summary>Training data whose training rows are those rows, in ascending order.</summary>
    public static TrainingData Of(TrainingData data, ReadOnlyMemory<int> rows)
    {
        var ascending = rows.ToArray();
        Array.Sort(ascending);
        var columns = new ReadOnlyMemory<float>[data.Features.Count];
        for (var feature = 0; feature < columns.Length; feature++)
        {
            var writer = new ColumnWriter<float>(data.Features.Spill, ascending.Length);
            var values = data.Features.Column(feature);
            foreach (var row in ascending) writer.Add(values[row]);
            columns[feature] = writer.Done();
        }

        var features = new FeatureSet(data.Features.Features, columns) { Spill = data.Features.Spill };
        var target = new Target(data.Target.Column, data.Target.Task, Gather(data.Target.Values, ascending), data.Target.Classes);
        var all = new int[ascending.Length];
        for (var row = 0; row < all.Length; row++) all[row] = row;
        return new TrainingData(features, target, all, ReadOnlyMemory<int>.Empty, data.Weights.IsEmpty ? default : Gather(data.Weights, ascending));
    }

    private static float[] Gather(ReadOnlySpan<float> values, int[] rows)
    {
        var gathered = new float[rows.Length];
        for (var i = 0; i < rows.Length; i++) gathered[i] = values[rows[i]];
        return gathered;
    }
}
