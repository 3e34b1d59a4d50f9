using System.IO.Compression;
using System.Text;

namespace ModelTraining.Tests.Data;

internal sealed class GzipTests
{
    private static byte[] Packed(string text, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, level)) packing.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private static string Rows(int count, int seed = 1)
    {
        var random = new Random(seed);
        var text = new StringBuilder("a,b\n");
        for (var i = 0; i < count; i++) text.Append(i).Append(",w").Append(random.Next(1_000_000)).Append('\n');
        return text.ToString();
    }

    [Test]
    public async Task File_packed_is_read_as_if_it_were_not()
    {
        var text = Rows(20_000);
        using var folder = new TemporaryFolder();
        await System.IO.File.WriteAllBytesAsync(folder.File("x.csv.gz"), Packed(text));
        var shares = new List<double>();
        var table = await Csv.File(folder.File("x.csv.gz")).ReadAsync(new SourceContext { Progress = new Immediate(shares.Add) }, CancellationToken.None);
        var plain = await Reading.Csv(text);
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo("a:Integer b:Text"));
            Assert.That(table.Values("a"), Is.EqualTo(plain.Values("a")));
            Assert.That(table.Values("b"), Is.EqualTo(plain.Values("b")));
            Assert.That(shares, Is.Ordered.And.All.InRange(0, 1));
            Assert.That(shares.Count(share => share < 1), Is.GreaterThan(2), "progress counts the packed bytes");
        });
    }

    [Test]
    public async Task File_pattern_reads_packed_and_plain_ones_as_one()
    {
        using var folder = new TemporaryFolder();
        await System.IO.File.WriteAllBytesAsync(folder.File("1.csv.gz"), Packed("a\n1\n"));
        await System.IO.File.WriteAllTextAsync(folder.File("2.csv"), "a\n2\n");
        await System.IO.File.WriteAllBytesAsync(folder.File("3.csv.gz"), Packed("\uFEFFa\n3\n"));
        Assert.That((await Reading.Of(Csv.File(folder.File("*.csv*")))).Values("a"), Is.EqualTo(new object[] { 1L, 2L, 3L }));
    }

    [Test]
    public async Task Stream_packed_in_two_members_asynchronous_only_is_read_and_left_open()
    {
        using var stream = new TrickleStream([.. Packed("a\n1\n"), .. Packed("2\n")], 7, asynchronousOnly: true);
        var table = await Reading.Of(Csv.Stream(stream));
        Assert.Multiple(() =>
        {
            Assert.That(table.Values("a"), Is.EqualTo(new object[] { 1L, 2L }));
            Assert.That(stream.IsDisposed, Is.False);
        });
    }

    [TestCase(CompressionLevel.Optimal)]
    [TestCase(CompressionLevel.NoCompression)]
    public void File_truncated_anywhere_fails_and_names_the_file(CompressionLevel level)
    {
        using var folder = new TemporaryFolder();
        var packed = Packed(Rows(300), level);
        var random = new Random(7);
        int[] lengths = [2, 5, 9, 10, 11, packed.Length - 9, packed.Length - 8, packed.Length - 4, packed.Length - 1, .. Enumerable.Range(0, 30).Select(_ => random.Next(12, packed.Length))];
        Assert.Multiple(() =>
        {
            foreach (var length in lengths)
            {
                System.IO.File.WriteAllBytes(folder.File("x.csv.gz"), packed[..length]);
                Assert.That(Reading.Fails(Csv.File(folder.File("x.csv.gz"))).Message, Does.StartWith("MT4108").And.Contain("x.csv.gz"), $"length {length} of {packed.Length}");
            }
        });
    }

    [Test]
    public void Stream_damaged_fails()
    {
        var packed = Packed(Rows(3000));
        var checksum = (byte[])packed.Clone();
        checksum[^6] ^= 1;
        Assert.Multiple(() =>
        {
            Assert.That(Reading.Fails(Csv.Stream(new MemoryStream(checksum))).Message, Does.StartWith("MT4108"));
            Assert.That(Reading.Fails(Csv.Stream(new MemoryStream([.. packed, 1, 2, 3]))).Message, Does.StartWith("MT4108"));
            Assert.That(Reading.Fails(Csv.Stream(new MemoryStream(Packed("")))).Message, Does.StartWith("MT2101"));
        });
    }

    [Test]
    public void Stream_line_that_unpacks_without_end_fails()
    {
        var packed = Packed("a\n" + new string('x', 50_000_000));
        Assert.That(packed, Has.Length.LessThan(200_000));
        Assert.That(Reading.Fails(Csv.Stream(new MemoryStream(packed), configure: options => options with { MaxRecordBytes = 100_000 })).Message, Does.StartWith("MT2107"));
    }

    private sealed class Immediate(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
