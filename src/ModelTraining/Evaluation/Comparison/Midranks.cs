namespace ModelTraining;

/// <summary>The places of values in their order, from 1; equal ones share the middle of theirs.</summary>
internal static class Midranks
{
    public static double[] Of(double[] values) => Of(values, static (_, _) => { });

    /// <param name="values">The values.</param>
    /// <param name="tied">Told the number of each group of equal values, and the rank they share.</param>
    public static double[] Of(double[] values, Action<int, double> tied)
    {
        var sorted = (double[])values.Clone();
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort(sorted, order);
        var ranks = new double[values.Length];
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start]) end++;
            var rank = (start + 1 + end) / 2.0;
            for (var i = start; i < end; i++) ranks[order[i]] = rank;
            tied(end - start, rank);
            start = end;
        }

        return ranks;
    }
}
