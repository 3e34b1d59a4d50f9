using ModelTraining.Onnx;
using ModelTraining.Tests.Conformance;

namespace ModelTraining.Tests.Calibration;

/// <summary>What a calibration gives in managed code and in ONNX Runtime, from the same probabilities.</summary>
internal sealed class CalibrationGraphTests
{
    private static IEnumerable<TestCaseData> Cases =>
        from method in Enum.GetValues<CalibrationMethod>()
        from classes in new[] { 2, 4 }
        select new TestCaseData(method, classes);

    [TestCaseSource(nameof(Cases))]
    public void Emit_extreme_probabilities_gives_what_managed_code_gives(CalibrationMethod method, int classes)
    {
        var map = Fit(method, classes);
        float[][] rows = [.. Extremes(classes), .. Enumerable.Range(0, 300).Select(row => Row(new SeededRandom((ulong)row), classes))];
        var managed = rows.SelectMany(row => row).ToArray();
        map.Apply(managed, classes);

        var table = new Table(Enumerable.Range(0, classes).Select(i => new NumberColumn($"p{i}", rows.Select(row => row[i]).ToArray())));
        var graph = new Graph();
        var columns = GraphRun.Inputs(graph, table);
        graph.Output("out", map.Emit(ShapingOperators.Concat([.. Enumerable.Range(0, classes).Select(i => columns[$"p{i}"])], 1), classes));
        var inRuntime = (float[])GraphRun.Run(graph, table)["out"];

        for (var i = 0; i < managed.Length; i++) Assert.That(inRuntime[i], float.IsNaN(managed[i]) ? Is.NaN : Is.EqualTo(managed[i]).Within(1e-7), $"row {i / classes}");
    }

    [TestCaseSource(nameof(Cases))]
    public void Apply_any_probabilities_sum_to_1_and_keep_their_order(CalibrationMethod method, int classes)
    {
        var map = Fit(method, classes);
        for (var row = 0; row < 200; row++)
        {
            var before = Row(new SeededRandom((ulong)row + 999), classes);
            var after = (float[])before.Clone();
            map.Apply(after, classes);

            Assert.That(after.Sum(), Is.EqualTo(1).Within(1e-6));
            Assert.That(after, Is.All.InRange(0, 1));
            if (method == CalibrationMethod.Temperature) Assert.That(Array.IndexOf(after, after.Max()), Is.EqualTo(Array.IndexOf(before, before.Max())));
        }
    }

    private static IEnumerable<float[]> Extremes(int classes)
    {
        foreach (var value in new[] { 0, 1, 1 - 1f / (1 << 24), 1f / (1 << 24), float.Epsilon, 1e-30f, 0.5f, float.NaN })
        {
            yield return [.. Enumerable.Range(0, classes).Select(i => i == 1 ? value : (1 - value) / (classes - 1))];
        }
    }

    private static float[] Row(SeededRandom random, int classes)
    {
        double[] shares = [.. Enumerable.Range(0, classes).Select(_ => Math.Exp(4 * random.NextNormal()))];
        return [.. shares.Select(share => (float)(share / shares.Sum()))];
    }

    private static ProbabilityMap Fit(CalibrationMethod method, int classes)
    {
        var random = new SeededRandom(3);
        float[][] outputs = [.. Enumerable.Range(0, 500).Select(_ => Row(random, classes))];
        float[] targets = [.. outputs.Select(row => (float)(random.Next(3) > 0 ? Array.IndexOf(row, row.Max()) : random.Next(classes)))];
        var rows = new EvaluatedRows(targets, [.. outputs.SelectMany(row => row)], [], classes);
        return method switch
        {
            CalibrationMethod.Platt => SigmoidMap.Fit(rows),
            CalibrationMethod.Isotonic => IsotonicMap.Fit(rows),
            _ => TemperatureMap.Fit(rows),
        };
    }
}
