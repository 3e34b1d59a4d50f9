namespace ModelTraining.Tests.Objectives;

public class GradientScaleTests
{
    private static readonly int[] RowCounts = [1, 2, 100, 65_536, 400_000, 10_000_000, 1_000_000_000, 2_000_000_000];

    [Test]
    public void For_leaves_room_for_the_sum_of_all_rows([ValueSource(nameof(RowCounts))] int rows, [Values(1e-30, 0.3, 1, 1e30)] double gradient, [Values(1e-30, 0.25, 1, 1e30)] double hessian)
    {
        // Each row rounds away from zero: by less than a unit, taken here as a whole one.
        var scale = GradientScale.For(rows, new GradientTotals(gradient * rows, gradient, hessian * rows, hessian), false);
        var (g, h) = (Math.Floor(gradient * scale.Gradient) + 1, Math.Floor(hessian * scale.Hessian) + 1);
        Assert.That(g, Is.LessThanOrEqualTo(short.MaxValue));
        Assert.That(h, Is.LessThanOrEqualTo(ushort.MaxValue));
        Assert.That(g * rows, Is.LessThanOrEqualTo(int.MaxValue));
        Assert.That(h * rows, Is.LessThanOrEqualTo(uint.MaxValue));
    }

    [Test]
    public void For_uses_the_bits_there_are()
    {
        // 400,000 probabilities: the average row gets some five thousand units, more than twelve bits.
        var scale = GradientScale.For(400_000, new GradientTotals(120_000, 1, 60_000, 0.25), false);
        Assert.That(scale.Gradient, Is.GreaterThan(17_000));
        Assert.That(scale.Hessian, Is.GreaterThan(70_000));
        Assert.That(GradientScale.For(1000, new GradientTotals(300, 1, 200, 0.25), false).Gradient, Is.GreaterThan(32_000));
    }

    [Test]
    public void For_is_not_misled_by_a_row_that_outweighs_all_others()
    {
        var scale = GradientScale.For(1_000_000, new GradientTotals(2e6, 1e6, 1e6, 1), false);
        Assert.That((1e6 * scale.Gradient) + 1, Is.LessThanOrEqualTo(short.MaxValue));
    }

    [Test]
    public void For_of_nothing_is_finite()
    {
        Assert.That(GradientScale.For(10, default, false), Is.EqualTo(new GradientScale(1, 1)));
        Assert.That(GradientScale.For(10, new GradientTotals(5, 1, 10, 1), true).Hessian, Is.EqualTo(1));
    }
}
