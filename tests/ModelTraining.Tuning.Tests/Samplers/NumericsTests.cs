namespace ModelTraining.Tests.Samplers;

internal sealed class NumericsTests
{
    // erfc of the C library
    [TestCase(0, 0.5)]
    [TestCase(1, 0.8413447460685429)]
    [TestCase(-2.5, 0.006209665325776139)]
    [TestCase(2.9999, 0.998649658717045)]
    [TestCase(-3.0001, 0.001349454913260717)]
    [TestCase(-10, 7.619853024160593e-24)]
    public void Cumulative_equalsTheCLibrarys(double z, double expected) => Assert.That(NormalDistribution.Cumulative(z), Is.EqualTo(expected).Within(1e-6).Percent);

    [Test]
    public void MarginalLikelihood_hasTheDerivativesThatDifferencesShow()
    {
        var space = new SearchSpace();
        space.Float("x", 0, 1);
        space.Choice("c", "a", "b", "c");
        space.Int("n", 1, 9);
        var embedding = new SpaceEmbedding(space);
        var random = new SeededRandom(5);
        var context = new SamplerContext { Space = space, Directions = [MetricDirection.LowerIsBetter], Trials = [], Number = 0, Seed = 1, Random = random };
        var points = Enumerable.Range(0, 12).Select(_ => embedding.Of(new RandomSampler().Propose(context))).ToList();
        var likelihood = new MarginalLikelihood(embedding, points, [.. points.Select(_ => random.NextNormal())]);
        double[] at = [-0.5, 0.3, 0.1, 0.2, -2];
        var gradient = new double[at.Length];
        likelihood.Of(at, gradient);

        for (var i = 0; i < at.Length; i++)
        {
            var (above, below) = ((double[])at.Clone(), (double[])at.Clone());
            (above[i], below[i]) = (at[i] + 1e-5, at[i] - 1e-5);
            var difference = (likelihood.Of(above, new double[at.Length]) - likelihood.Of(below, new double[at.Length])) / 2e-5;
            Assert.That(gradient[i], Is.EqualTo(difference).Within(1e-5 * (1 + Math.Abs(difference))));
        }
    }

    [Test]
    public void GaussianProcess_ofASmoothCurve_knowsItBetweenItsPoints_andDoubtsItBeyond()
    {
        var space = new SearchSpace();
        space.Float("x", 0, 1);
        var points = Enumerable.Range(0, 9).Select(i => new[] { i / 16.0 }).ToList();
        var process = GaussianProcess.Fit(new SpaceEmbedding(space), points, [.. points.Select(point => Math.Sin(6 * point[0]))]);

        var (between, beyond) = (process.Predict([0.28]), process.Predict([0.95]));

        Assert.That(between.Mean, Is.EqualTo(Math.Sin(6 * 0.28)).Within(0.01));
        Assert.That(beyond.Deviation, Is.GreaterThan(5 * between.Deviation));
    }

    [Test]
    public void Acquisition_hasTheDerivativesThatDifferencesShow([Values(-3, 0.5, 40)] double limit, [Values] bool hasFeasible)
    {
        var space = new SearchSpace();
        space.Float("x", 0, 1);
        space.Float("y", 0, 1);
        var embedding = new SpaceEmbedding(space);
        var random = new SeededRandom(3);
        var points = Enumerable.Range(0, 9).Select(_ => new[] { random.NextDouble(), random.NextDouble() }).ToList();
        var cost = GaussianProcess.Fit(embedding, points, [.. points.Select(point => Math.Sin(5 * point[0]) + point[1])]);
        var constraint = GaussianProcess.Fit(embedding, points, [.. points.Select(point => (2 * point[0]) - point[1])]);
        var acquisition = new Acquisition(cost, hasFeasible ? points : [], [(constraint, limit)]);

        foreach (var at in new double[][] { [0.3, 0.6], [points[0][0] + 0.001, points[0][1]], [1, 0] }) // far off, where next to nothing is to be gained, and at the border
        {
            var slope = new double[2];
            Assert.That(acquisition.Of(at, slope), Is.EqualTo(acquisition.Of(at)).Within(1e-9));
            for (var i = 0; i < 2; i++)
            {
                var (above, below) = ((double[])at.Clone(), (double[])at.Clone());
                (above[i], below[i]) = (at[i] + 1e-6, at[i] - 1e-6);
                var difference = (acquisition.Of(above) - acquisition.Of(below)) / 2e-6;
                Assert.That(slope[i], Is.EqualTo(difference).Within(1e-3 * (1 + Math.Abs(difference))));
            }
        }
    }

    [Test]
    public void SymmetricEigen_scalesAndWhitensByTheRootOfTheMatrix()
    {
        double[,] matrix = { { 4, 1, 0.5 }, { 1, 3, -0.2 }, { 0.5, -0.2, 2 } };
        var eigen = SymmetricEigen.Of(matrix);
        var covariance = new double[3, 3];
        for (var k = 0; k < 3; k++)
        {
            var unit = new double[3];
            unit[k] = 1;
            var scaled = eigen.Scale(unit);
            Assert.That(eigen.Whiten(scaled).Sum(part => part * part), Is.EqualTo(1).Within(1e-10));
            for (var i = 0; i < 3; i++) for (var j = 0; j < 3; j++) covariance[i, j] += scaled[i] * scaled[j];
        }

        Assert.That(covariance, Is.EqualTo(matrix).Within(1e-10));
    }

    [Test]
    public void Minimize_ofRosenbrocksValley_findsItsBottom()
    {
        var (point, value) = QuasiNewtonSearch.Minimize(
            (at, gradient) =>
            {
                var (a, b) = (1 - at[0], at[1] - (at[0] * at[0]));
                (gradient[0], gradient[1]) = ((-2 * a) - (40 * at[0] * b), 20 * b);
                return (a * a) + (10 * b * b);
            },
            [-1.2, 1], -30, 30, 2);

        Assert.That(value, Is.LessThan(1e-6));
        Assert.That(point, Is.EqualTo(new double[] { 1, 1 }).Within(0.01));
    }

    [Test]
    public void Minimize_whereTheBottomIsOutOfBounds_stopsAtTheBestPointOfTheBorder()
    {
        var (point, _) = QuasiNewtonSearch.Minimize(
            (at, gradient) =>
            {
                var (a, b) = (at[0] - 2, at[1] - 0.25 - (0.5 * (at[0] - 1)));
                (gradient[0], gradient[1]) = ((2 * a) - b, 2 * b);
                return (a * a) + (b * b);
            },
            [0.1, 0.9], 0, 1, 0.2);

        Assert.That(point, Is.EqualTo(new double[] { 1, 0.25 }).Within(1e-3));
    }
}
