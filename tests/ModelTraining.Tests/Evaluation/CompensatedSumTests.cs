namespace ModelTraining.Tests;

public class CompensatedSumTests
{
    [Test]
    public void Add_large_numbers_that_cancel_keeps_the_small_one()
    {
        CompensatedSum sum = default;
        foreach (var value in new[] { 1e100, 1, -1e100, 1 }) sum.Add(value);
        Assert.That(sum.Value, Is.EqualTo(2));
    }

    [Test]
    public void AddProduct_keeps_what_a_double_rounds_off()
    {
        CompensatedSum sum = default;
        var x = 1 + Math.ScaleB(1, -30);
        sum.AddProduct(x, x);
        sum.Add(-1);
        sum.Add(-Math.ScaleB(1, -29));
        Assert.That(sum.Value, Is.EqualTo(Math.ScaleB(1, -60)));
    }

    [Test]
    public void Add_infinity_is_infinite()
    {
        CompensatedSum sum = default;
        sum.Add(double.PositiveInfinity);
        sum.Add(1);
        Assert.That(sum.Value, Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void SquaredDeviations_far_from_zero_keep_their_digits()
    {
        var sums = ErrorSums.Start(0);
        float[] values = [16_777_213, 16_777_214, 16_777_215];
        sums.Update(new PredictionBatch(values, values, [0.1f, 0.1f, 0.1f]));
        Assert.That(sums.SquaredDeviations, Is.EqualTo(2 * (double)0.1f).Within(1e-15));
    }

    [Test]
    public void SquaredDeviations_of_equal_values_are_exactly_0()
    {
        var random = new SeededRandom(1);
        for (var trial = 0; trial < 100; trial++)
        {
            var sums = ErrorSums.Start(0);
            var value = (float)random.NextNormal();
            for (var row = 0; row < 50; row++) sums.Update(new PredictionBatch([value], [0], [(float)random.NextDouble()]));
            Assert.That(sums.SquaredDeviations, Is.Zero, $"value {value}");
        }
    }
}
