namespace ModelTraining;

/// <summary>What can be said of a row without looking at it: the classes' shares among the training rows, or the mean of their labels, by weight.</summary>
internal static class BaselineGuess
{
    /// <returns>The outputs for any row: one probability a class, or the mean.</returns>
    public static float[] From(TrainingData data)
    {
        var target = data.Target;
        var sums = new CompensatedSum[target.OutputCount];
        CompensatedSum total = default;
        foreach (var row in data.TrainingRows.Span)
        {
            double weight = data.Weights.IsEmpty ? 1 : data.Weights[row];
            if (target.Task == LearningTask.Regression) sums[0].AddProduct(weight, target.Values[row]);
            else sums[(int)target.Values[row]].Add(weight);
            total.Add(weight);
        }

        return [.. sums.Select(sum => (float)(sum.Value / total.Value))];
    }
}
