namespace ModelTraining.Tests;

/// <summary>Scores of predictions, written down plainly.</summary>
internal static class Score
{
    public static double Accuracy(Sample sample, float[] outputs, int[] rows)
    {
        var (classes, right) = (sample.Target.OutputCount, 0);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = outputs.AsSpan(i * classes, classes);
            if (row.IndexOf(row.ToArray().Max()) == sample.Target.Values[rows[i]]) right++;
        }

        return (double)right / rows.Length;
    }

    public static double LogLoss(Sample sample, float[] outputs, int[] rows)
    {
        var sum = 0.0;
        for (var i = 0; i < rows.Length; i++) sum -= Math.Log(Math.Max(outputs[(i * sample.Target.OutputCount) + (int)sample.Target.Values[rows[i]]], 1e-15));
        return sum / rows.Length;
    }

    public static double Rmse(Sample sample, float[] outputs, int[] rows)
    {
        var sum = 0.0;
        for (var i = 0; i < rows.Length; i++) sum += Math.Pow(outputs[i] - sample.Target.Values[rows[i]], 2);
        return Math.Sqrt(sum / rows.Length);
    }

    /// <summary>The share of pairs of a positive and a negative row that are in the right order; ties count half.</summary>
    public static double RocAuc(Sample sample, float[] outputs, int[] rows)
    {
        var scored = rows.Select((row, i) => (Score: outputs[(2 * i) + 1], Positive: sample.Target.Values[row] == 1)).GroupBy(pair => pair.Score).OrderBy(group => group.Key);
        var (below, wins, positives, negatives) = (0.0, 0.0, 0.0, 0.0);
        foreach (var group in scored)
        {
            var positive = group.Count(pair => pair.Positive);
            var negative = group.Count() - positive;
            wins += positive * (below + (negative / 2.0));
            below += negative;
            positives += positive;
            negatives += negative;
        }

        return wins / (positives * negatives);
    }
}
