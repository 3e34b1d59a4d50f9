namespace ModelTraining;

/// <summary>Runs a network before and after its weights were rounded to 16 bits, on real rows.</summary>
internal static class RoundingProof
{
    /// <exception cref="ModelTrainingException">MT3085: the outputs differ by more than <see cref="WeightRounding.Tolerance"/>.</exception>
    public static WeightRounding Of(NetworkModel before, NetworkModel after, TrainingData data, int threads)
    {
        var (rows, difference) = OutputDifference.Of(before, after, data, threads, WeightRounding.Tolerance, (row, was, now) => new ModelTrainingException("MT3085", FormattableString.Invariant(
            $"Rounding the weights to the 16-bit numbers of the file changed the prediction of row {row} from {was} to {now}, by more than {WeightRounding.Tolerance}. Fine-tune a 32-bit form of the model, or lower 'LearningRate'.")));
        return new WeightRounding(after.Weights.Values.Where(tensor => tensor.Type == Onnx.ElementType.Float16 && tensor.Shape.Length > 0).Sum(tensor => (long)tensor.Count), rows, difference);
    }
}
