namespace ModelTraining;

/// <summary>Runs a network before and after its adapters were merged, on real rows.</summary>
internal static class MergeProof
{
    private const int MostRows = 256;

    /// <exception cref="ModelTrainingException">MT3073: the outputs differ by more than <see cref="AdapterMerge.Tolerance"/>.</exception>
    public static AdapterMerge Of(NetworkModel before, NetworkModel after, int adapters, TrainingData data, int threads)
    {
        var from = data.ValidationRows.IsEmpty ? data.TrainingRows.Span : data.ValidationRows.Span;
        var rows = from[..Math.Min(from.Length, MostRows)];
        var (first, second) = (new float[rows.Length * before.OutputCount], new float[rows.Length * before.OutputCount]);
        before.Predict(data.Features, rows, first, threads);
        after.Predict(data.Features, rows, second, threads);
        var largest = 0.0;
        for (var i = 0; i < first.Length; i++)
        {
            var difference = Math.Abs((double)first[i] - second[i]) / Math.Max(1, Math.Abs(first[i]));
            if (!(difference <= AdapterMerge.Tolerance))
            {
                throw new ModelTrainingException("MT3073", FormattableString.Invariant(
                    $"Merging {adapters} adapters into the weights changed the prediction of row {rows[i / before.OutputCount]} from {first[i]} to {second[i]}, by more than {AdapterMerge.Tolerance}. Lower 'LearningRate' or LoRA's 'Alpha': the adapters have become too large for 32-bit sums."));
            }

            largest = Math.Max(largest, difference);
        }

        return new AdapterMerge(adapters, rows.Length, largest);
    }
}
