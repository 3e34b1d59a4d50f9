using ModelTraining.Onnx;
using static ModelTraining.Tests.Gradients.GradientCases;

namespace ModelTraining.Tests.Gradients;

internal static class NormalizationCases
{
    private static readonly long[] Image = [2, 3, 2, 2];

    private static readonly double[] Mean = [0.1, -0.2, 0.3];

    private static readonly double[] Variance = [0.5, 1, 2];

    public static IReadOnlyList<GradientCase> All { get; } =
    [
        new("BatchNormalization", [Image, [3], [3]], x => Node("BatchNormalization", [.. x, Constant(x[0], Mean, 3), Constant(x[0], Variance, 3)]))
        {
            Reference = x => [.. x[0].Select((a, i) => (x[1][i / 4 % 3] * (a - Mean[i / 4 % 3]) / Math.Sqrt(Variance[i / 4 % 3] + 1e-5f)) + x[2][i / 4 % 3])],
        },
        new("BatchNormalization, statistics that are trained", [Image, [3], [3], [3], [3]], x => Node("BatchNormalization", x, ("epsilon", 0.1f)))
        {
            Range = (0.5, 2), Reference = x => [.. x[0].Select((a, i) => (x[1][i / 4 % 3] * (a - x[3][i / 4 % 3]) / Math.Sqrt(x[4][i / 4 % 3] + 0.1f)) + x[2][i / 4 % 3])],
        },
        new("BatchNormalization, of columns", [[4, 3], [3], [3]], x => Node("BatchNormalization", [.. x, Constant(x[0], Mean, 3), Constant(x[0], Variance, 3)]))
        {
            Reference = x => [.. x[0].Select((a, i) => (x[1][i % 3] * (a - Mean[i % 3]) / Math.Sqrt(Variance[i % 3] + 1e-5f)) + x[2][i % 3])],
        },
        new("BatchNormalization, in training", [Image, [3], [3]], x => x[0].Graph.Add(
            "BatchNormalization", [.. x, Constant(x[0], Mean, 3), Constant(x[0], Variance, 3)], [(x[0].Type, null), (x[0].Type, null), (x[0].Type, null)], [("training_mode", 1L)])[0])
        {
            Since = 14, Reference = x => Normalized(x[0], i => i / 4 % 3, 1e-5f).Select((a, i) => (a * x[1][i / 4 % 3]) + x[2][i / 4 % 3]).ToArray(),
        },
        new("LayerNormalization", [[2, 3, 4], [4], [4]], x => Node("LayerNormalization", x)) { Since = 17, Reference = x => [.. Normalized(x[0], i => i / 4, 1e-5f).Select((a, i) => (a * x[1][i % 4]) + x[2][i % 4])] },
        new("LayerNormalization, over two axes, without a bias", [[2, 3, 4], [3, 4]], x => Node("LayerNormalization", x, ("axis", 1L), ("epsilon", 0.1f))) { Since = 17, Reference = x => [.. Normalized(x[0], i => i / 12, 0.1f).Select((a, i) => a * x[1][i % 12])] },
        new("LayerNormalization, all outputs", [[2, 3, 4], [4], [4]], x =>
        {
            var outputs = x[0].Graph.Add("LayerNormalization", x, [(x[0].Type, [2, 3, 4]), (x[0].Type, [2, 3, 1]), (x[0].Type, [2, 3, 1])], [("epsilon", 0.1f)]);
            return (outputs[0] + outputs[1]) * outputs[2];
        })
        {
            Since = 17,
            Dynamic = false,
            Reference = x => [.. x[0].Select((a, i) =>
            {
                var row = x[0].Skip(i / 4 * 4).Take(4).ToArray();
                var (mean, inverse) = (row.Average(), 1 / Math.Sqrt(row.Average(element => (element - row.Average()) * (element - row.Average())) + 0.1f));
                return (((a - mean) * inverse * x[1][i % 4]) + x[2][i % 4] + mean) * inverse;
            })],
        },
        new("InstanceNormalization", [Image, [3], [3]], x => Node("InstanceNormalization", x, ("epsilon", 0.1f))) { Reference = x => [.. Normalized(x[0], i => i / 4, 0.1f).Select((a, i) => (a * x[1][i / 4 % 3]) + x[2][i / 4 % 3])] },
        new("GroupNormalization", [[2, 4, 3], [4], [4]], x => Node("GroupNormalization", x, ("num_groups", 2L), ("epsilon", 0.1f))) { Since = 21, Reference = x => [.. Normalized(x[0], i => i / 6, 0.1f).Select((a, i) => (a * x[1][i / 3 % 4]) + x[2][i / 3 % 4])] },
        new("GroupNormalization, scaled by group", [[2, 4, 3], [2], [2]], x => Node("GroupNormalization", x, ("num_groups", 2L), ("epsilon", 0.1f))) { Since = 18, Until = 20, Reference = x => [.. Normalized(x[0], i => i / 6, 0.1f).Select((a, i) => (a * x[1][i / 6 % 2]) + x[2][i / 6 % 2])] },
        new("LRN", [[1, 4, 2, 2]], x => Node("LRN", x, ("size", 3L), ("alpha", 0.5f), ("bias", 1.5f)))
        {
            Reference = x => [.. x[0].Select((a, i) => a / Math.Pow(1.5 + (0.5 / 3 * Enumerable.Range(-1, 3).Select(k => (i / 4) + k).Where(c => c is >= 0 and < 4).Sum(c => x[0][(c * 4) + (i % 4)] * x[0][(c * 4) + (i % 4)])), 0.75))],
        },
        new("LpNormalization", [[2, 3]], x => Node("LpNormalization", x)) { Range = (0.5, 2) },
        new("LpNormalization, of order 1", [[2, 3]], x => Node("LpNormalization", x, ("axis", 0L), ("p", 1L))) { Range = (0.5, 2) },
        new("MeanVarianceNormalization", [[2, 3, 2, 2]], x => Node("MeanVarianceNormalization", x)) { Since = 13, Reference = x => Normalized(x[0], i => i / 4 % 3, 0) },
    ];

    /// <summary>Each element beside those of the same set: less their mean, over their deviation.</summary>
    private static double[] Normalized(double[] x, Func<int, int> set, double epsilon)
    {
        var sets = x.Select((a, i) => (a, i)).GroupBy(pair => set(pair.i), pair => pair.a).ToDictionary(
            group => group.Key, group => (Mean: group.Average(), Deviation: Math.Sqrt(group.Average(a => (a - group.Average()) * (a - group.Average())) + epsilon)));
        return [.. x.Select((a, i) => (a - sets[set(i)].Mean) / sets[set(i)].Deviation)];
    }
}
