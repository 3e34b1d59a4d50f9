using System.Diagnostics;
using System.Globalization;

namespace ModelTraining.Benchmarks;

/// <summary>Measures ours and a peer in turn, so that what slows the machine down slows down both, and takes medians.</summary>
internal static class Turns
{
    /// <param name="args">What the user gave after the group's name.</param>
    /// <param name="otherwise">The number of rounds when it is left out.</param>
    public static int Rounds(string[] args, int otherwise) => args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : otherwise;

    /// <summary>The median milliseconds of each, after as many rounds again that are not counted: by then the code is compiled as hot as it gets.</summary>
    public static async Task<double[]> MedianAsync(int rounds, params Func<Task>[] takers)
    {
        var measured = takers.Select(_ => new List<double>()).ToArray();
        for (var round = -rounds; round < rounds; round++)
        {
            for (var i = 0; i < takers.Length; i++)
            {
                // What the one left behind is not the other's to clean up.
                GC.Collect();
                var clock = Stopwatch.GetTimestamp();
                await takers[i]();
                if (round >= 0) measured[i].Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            }
        }

        return [.. measured.Select(Median)];
    }

    /// <summary>The bytes that <paramref name="taker"/> allocates, on all threads, by the median of three calls.</summary>
    public static double AllocatedBytes(Action taker)
    {
        var allocated = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            taker();
            allocated.Add(GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return Median(allocated);
    }

    public static double Median(List<double> figures)
    {
        var sorted = figures.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
