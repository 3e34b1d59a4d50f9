namespace ModelTraining.Tests.Binning;

public class FloatSortTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(100)]
    [TestCase(256)]
    [TestCase(5000)]
    public void Sort_orders_numbers_of_all_sizes(int count)
    {
        var random = new SeededRandom((ulong)count);
        var values = new float[count];
        for (var i = 0; i < count; i++) values[i] = (float)(random.NextNormal() * Math.Pow(10, random.Next(70) - 35));
        if (count > 4) (values[1], values[2], values[3], values[4]) = (float.PositiveInfinity, float.NegativeInfinity, 0, float.Epsilon);
        var expected = values.Order().ToArray();
        FloatSort.Sort(values, new float[count]);
        Assert.That(values, Is.EqualTo(expected));
    }
}
