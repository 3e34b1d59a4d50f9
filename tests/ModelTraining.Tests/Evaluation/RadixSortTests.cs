namespace ModelTraining.Tests;

public class RadixSortTests
{
    [TestCase(0, 1u)]
    [TestCase(1, 1u)]
    [TestCase(1000, 1u)]
    [TestCase(1000, 3u)]
    [TestCase(1000, 70_000u)]
    [TestCase(1000, uint.MaxValue)]
    public void ByUpperHalf_any_keys_come_out_in_order_and_equal_ones_as_they_were(int count, uint keys)
    {
        var random = new SeededRandom(keys);
        var items = new ulong[count];
        for (var i = 0; i < count; i++) items[i] = (random.NextBits() % keys << 32) | (uint)(count - i);
        var expected = items.OrderBy(item => item >> 32).ToArray();
        Assert.That(RadixSort.ByUpperHalf(items, new ulong[count + 5]).ToArray(), Is.EqualTo(expected));
    }
}
