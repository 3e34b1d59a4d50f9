namespace ModelTraining;

/// <summary>Fewer points that look the same.</summary>
internal static class Thinning
{
    private const int MostPoints = 400;

    /// <summary>
    /// A score after each step, as points from step 1 on: of many steps the least and the greatest of each stretch, so that no peak is lost, and the last.
    /// </summary>
    public static IReadOnlyList<ChartPoint> Curve(IReadOnlyList<double> scores)
    {
        if (scores.Count <= MostPoints) return [.. scores.Select((score, i) => new ChartPoint(i + 1, score))];
        var points = new List<ChartPoint>(MostPoints + 2) { new(1, scores[0]) };
        const int Stretches = MostPoints / 2;
        for (var stretch = 0; stretch < Stretches; stretch++)
        {
            var (start, end) = ((int)((long)stretch * scores.Count / Stretches), (int)((long)(stretch + 1) * scores.Count / Stretches));
            var (low, high) = (start, start);
            for (var i = start; i < end; i++)
            {
                if (scores[i] < scores[low]) low = i;
                if (scores[i] > scores[high]) high = i;
            }

            points.Add(new ChartPoint(Math.Min(low, high) + 1, scores[Math.Min(low, high)]));
            points.Add(new ChartPoint(Math.Max(low, high) + 1, scores[Math.Max(low, high)]));
        }

        points.Add(new ChartPoint(scores.Count, scores[^1]));
        return points;
    }
}
