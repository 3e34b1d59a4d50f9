using ModelTraining.Onnx;

namespace ModelTraining.Tests.Training;

public class DropoutNoiseTests
{
    private static readonly Value Input = new Graph().Input("noise", ElementType.Float, Dimension.Batch);

    [TestCase(0.1)]
    [TestCase(0.5)]
    [TestCase(0.9)]
    public void Fill_keeps_the_share_and_the_mean(double ratio)
    {
        var noise = new float[200_003];
        new DropoutNoise(Input, ratio).Fill(noise, 5);
        Assert.That(noise.Distinct(), Is.EquivalentTo(new[] { 0f, (float)(1 / (1 - ratio)) }));
        Assert.That(noise.Count(value => value == 0) / (double)noise.Length, Is.EqualTo(ratio).Within(0.005));
    }

    [Test]
    public void Fill_is_without_pattern_between_neighbours_and_seeds()
    {
        var (first, second) = (new float[100_000], new float[100_000]);
        var dropout = new DropoutNoise(Input, 0.5);
        dropout.Fill(first, 1);
        dropout.Fill(second, 2);
        Assert.That(Agreement(first, second), Is.EqualTo(0.5).Within(0.01));
        foreach (var lag in new[] { 1, 2, 8, 16, 64, 1024 }) Assert.That(Agreement(first[lag..], first[..^lag]), Is.EqualTo(0.5).Within(0.01), $"lag {lag}");
    }

    [Test]
    public void Fill_gives_the_same_numbers_whatever_the_length()
    {
        var dropout = new DropoutNoise(Input, 0.5);
        var (whole, part) = (new float[101], new float[77]);
        dropout.Fill(whole, 9);
        dropout.Fill(part, 9);
        Assert.That(part, Is.EqualTo(whole[..77]));
    }

    private static double Agreement(float[] a, float[] b) => a.Zip(b).Count(pair => pair.First == pair.Second) / (double)a.Length;
}
