namespace ModelTraining.Tests.Data;

internal sealed class CodeListTests
{
    private static CodeList List(IEnumerable<int> codes)
    {
        var list = new CodeList();
        foreach (var code in codes) list.Add(code);
        return list;
    }

    internal static int[] All(CodeList list)
    {
        var all = new List<int>();
        foreach (var codes in list) all.AddRange(codes);
        return [.. all];
    }

    // Blocks of one, two and four bytes, at their largest codes, and one that is not full.
    private static readonly int[] Codes =
    [
        .. Enumerable.Range(0, 65_536).Select(row => (row % 256) - 1),
        .. Enumerable.Range(0, 65_536).Select(row => row - 1),
        .. Enumerable.Range(0, 65_536).Select(row => row * 3 - 1),
        .. Enumerable.Range(0, 10),
    ];

    [Test]
    public void Add_codes_of_any_width_come_back()
    {
        var list = List(Codes);
        Assert.Multiple(() =>
        {
            Assert.That(list.Count, Is.EqualTo(Codes.Length));
            Assert.That(All(list), Is.EqualTo(Codes));
            Assert.That(list.Bytes, Is.EqualTo((65_536 * (1 + 2)) + (65_536 * 4)));
        });
    }

    [Test]
    public void GetEnumerator_nothing_was_added_gives_nothing()
    {
        var count = 0;
        foreach (var codes in new CodeList()) count += codes.Length;
        Assert.That(count, Is.Zero);
    }

    [Test]
    public void Keep_leaves_the_rows_and_takes_more()
    {
        int[] rows = [.. Enumerable.Range(0, Codes.Length).Where(row => row % 3 == 0)];
        var list = List(Codes);
        list.Keep(rows);
        list.Add(42);
        Assert.That(All(list), Is.EqualTo(rows.Select(row => Codes[row]).Append(42)));
    }
}
