namespace ModelTraining;

/// <summary>What can be said of a row without looking at it: the classes' shares among the training rows, or the mean of their labels, by weight.</summary>
internal static class BaselineGuess
{
    /// <returns>The outputs for any row: one probability a class, or the mean.</returns>
    public static float[] From(TrainingData data) => From(data.Target, data.TrainingRows.Span, data.Weights);

    /// <param name="target">What is to be predicted.</param>
    /// <param name="rows">The rows whose labels are known.</param>
    /// <param name="weights">How much each row of the table counts; empty when all count alike.</param>
    public static float[] From(Target target, ReadOnlySpan<int> rows, ReadOnlySpan<float> weights)
    {
        var sums = new CompensatedSum[target.OutputCount];
        CompensatedSum total = default;
        foreach (var row in rows)
        {
            double weight = weights.IsEmpty ? 1 : weights[row];
            if (target.Task == LearningTask.Regression) sums[0].AddProduct(weight, target.Values[row]);
            else sums[(int)target.Values[row]].Add(weight);
            total.Add(weight);
        }

        return [.. sums.Select(sum => (float)(sum.Value / total.Value))];
    }
}
