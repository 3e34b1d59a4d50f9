namespace ModelTraining.Tests.Objectives;

public unsafe class PackedGradientsTests
{
    [TestCase(false)]
    [TestCase(true)]
    public void Pack_rounds_each_row_to_a_neighbour_and_sums_stay_true(bool weighted)
    {
        const int Rows = 20_003;
        var random = new SeededRandom(2);
        var target = Enumerable.Range(0, Rows).Select(_ => (float)random.Next(2)).ToArray();
        var weights = weighted ? Enumerable.Range(0, Rows).Select(_ => 0.1f + (float)random.NextDouble()).ToArray() : null;
        using var team = new WorkerTeam(2);
        var objective = Objective.For(new RowPart(Sample.Binary([new float[Rows]], target).Data(weights: weights), Enumerable.Range(0, Rows).ToArray()), PinnedArray.ForRows<float>(Rows), team);
        objective.Evaluate();
        var scale = new GradientScale(2.5, 7.5); // coarse, to see the rounding
        var packed = new PackedGradients(objective, team);
        packed.Pack(scale, 1);
        var (sumOfG, sumOfH, trueG, trueH) = (0.0, 0.0, 0.0, 0.0);
        for (var row = 0; row < Rows; row++)
        {
            var wide = PackedGradients.Widen(packed.Pointer[row]);
            double w = weights?[row] ?? 1;
            var g = objective.Gradients[row] * w * scale.Gradient;
            var h = Math.Abs(objective.Gradients[row]) * (1 - Math.Abs(objective.Gradients[row])) * w * scale.Hessian;
            Assert.That(PackedGradients.GradientOf(wide), Is.EqualTo(g).Within(1.001));
            Assert.That(PackedGradients.HessianOf(wide), Is.EqualTo(h).Within(1.001));
            (sumOfG, sumOfH, trueG, trueH) = (sumOfG + PackedGradients.GradientOf(wide), sumOfH + PackedGradients.HessianOf(wide), trueG + g, trueH + h);
        }

        // Four standard deviations of the sum of roundings.
        Assert.That(sumOfG, Is.EqualTo(trueG).Within(4 * 0.5 * Math.Sqrt(Rows)));
        Assert.That(sumOfH, Is.EqualTo(trueH).Within(4 * 0.5 * Math.Sqrt(Rows)));
        Assert.That(PackedGradients.GradientOf(packed.Total), Is.EqualTo(sumOfG));
        Assert.That(PackedGradients.HessianOf(packed.Total), Is.EqualTo(sumOfH));
        Assert.That(packed.SumOf(Enumerable.Range(0, Rows).ToArray()), Is.EqualTo(packed.Total));
    }

    [Test]
    public void Pack_of_another_seed_rounds_otherwise()
    {
        const int Rows = 1000;
        using var team = new WorkerTeam(1);
        var random = new SeededRandom(2);
        var objective = Objective.For(new RowPart(Sample.Regression([new float[Rows]], [.. Enumerable.Range(0, Rows).Select(_ => (float)random.NextNormal())]).Data(), Enumerable.Range(0, Rows).ToArray()), PinnedArray.ForRows<float>(Rows), team);
        var packed = new PackedGradients(objective, team);
        int[] Pack(ulong seed)
        {
            packed.Pack(new GradientScale(1, 1), seed);
            return new ReadOnlySpan<int>(packed.Pointer, Rows).ToArray();
        }

        var first = Pack(1);
        Assert.That(Pack(1), Is.EqualTo(first));
        Assert.That(Pack(1), Is.Not.EqualTo(Pack(2)));
        Assert.That(Pack(1).Select(value => value & 0xFFFF), Is.All.EqualTo(1), "a constant hessian counts rows");
    }

    [Test]
    public void Widen_keeps_signs_apart()
    {
        var sum = 0L;
        for (var i = 0; i < 1000; i++) sum += PackedGradients.Widen((-32767 << 16) | 65535);
        Assert.That(PackedGradients.GradientOf(sum), Is.EqualTo(-32_767_000));
        Assert.That(PackedGradients.HessianOf(sum), Is.EqualTo(65_535_000));
    }
}
