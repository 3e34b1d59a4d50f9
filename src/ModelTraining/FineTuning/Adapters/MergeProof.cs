namespace ModelTraining;

/// <summary>Runs a network before and after its adapters were merged, on real rows.</summary>
internal static class MergeProof
{
    /// <exception cref="ModelTrainingException">MT3073: the outputs differ by more than <see cref="AdapterMerge.Tolerance"/>.</exception>
    public static AdapterMerge Of(NetworkModel before, NetworkModel after, int adapters, TrainingData data, int threads)
    {
        var (rows, difference) = OutputDifference.Of(before, after, data, threads, AdapterMerge.Tolerance, (row, was, now) => new ModelTrainingException("MT3073", FormattableString.Invariant(
            $"Merging {adapters} adapters into the weights changed the prediction of row {row} from {was} to {now}, by more than {AdapterMerge.Tolerance}. Lower 'LearningRate' or LoRA's 'Alpha': the adapters have become too large for 32-bit sums.")));
        return new AdapterMerge(adapters, rows, difference);
    }
}
