using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace ModelTraining.Tests.Data;

internal sealed class JsonLinesTests
{
    private static Task<Table> Read(string text) => Reading.Of(JsonLines.Text(text));

    private static string Fails(string text, Func<JsonLinesOptions, JsonLinesOptions>? configure = null) => Reading.Fails(JsonLines.Text(text, configure: configure)).Message;

    [Test]
    public async Task ReadAsync_each_kind_becomes_its_column_in_order_of_first_appearance()
    {
        var table = await Read("""
            {"i":1,"n":1.5,"b":true,"s":"word","d":"2024-01-31","z":"007","t":"2024-01-31T10:00:00Z"}

            {"late":2e3,"s":"a \"b\" \u00e9\n","b":false,"n":2,"i":-3,"d":"2023-12-01","z":"12","t":null}
            """);
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo("i:Integer n:Number b:Boolean s:Text d:DateTime z:Text t:DateTime late:Number"));
            Assert.That(table.Values("i"), Is.EqualTo(new object[] { 1L, -3L }));
            Assert.That(table.Values("n"), Is.EqualTo(new object[] { 1.5f, 2f }));
            Assert.That(table.Values("b"), Is.EqualTo(new object[] { true, false }));
            Assert.That(table.Values("s"), Is.EqualTo(new object[] { "word", "a \"b\" é" }));
            Assert.That(table.Values("d"), Is.EqualTo(new object[] { new DateTime(2024, 1, 31), new DateTime(2023, 12, 1) }));
            Assert.That(table.Values("z"), Is.EqualTo(new object[] { "007", "12" }));
            Assert.That(table.Values("t"), Is.EqualTo(new object?[] { new DateTime(2024, 1, 31, 10, 0, 0), null }));
            Assert.That(table.Values("late"), Is.EqualTo(new object?[] { null, 2000f }));
        });
    }

    [Test]
    public async Task ReadAsync_digits_between_quotes_and_thousandths_are_what_they_are_written_as()
    {
        var table = await Read("{\"s\":\"20240131\",\"n\":1.234}\n{\"s\":\"20240201\",\"n\":5.678}");
        Assert.That(table.Types(), Is.EqualTo("s:Text n:Number"));
        Assert.That(table.Values("n"), Is.EqualTo(new object[] { 1.234f, 5.678f }));
    }

    [Test]
    public async Task ReadAsync_objects_are_flattened_and_null_in_place_of_one_is_no_column()
    {
        var table = await Read("{\"a\":null,\"x\":1}\n{\"a\":{\"city\":\"Bern\",\"at\":{\"lat\":46.9}},\"x\":2}\n{\"a\":{},\"x\":3}");
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo("x:Integer a.city:Text a.at.lat:Number"));
            Assert.That(table.Values("a.city"), Is.EqualTo(new object?[] { null, "Bern", null }));
        });
    }

    [Test]
    public async Task ReadAsync_several_kinds_are_text_and_reported_unless_one_stands_for_missing()
    {
        const string text = "{\"a\":1}\n\n{\"a\":\"-\"}\n{\"a\":2}";
        var (table, repairs) = await Reading.WithRepairs(JsonLines.Text(text));
        var marked = await Reading.Of(JsonLines.Text(text, configure: options => options with { MissingMarkers = ["-"] }));
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo("a:Text"));
            Assert.That(table.Values("a"), Is.EqualTo(new object[] { "1", "-", "2" }));
            Assert.That(repairs, Has.Some.Contains("column 'a': it is a number (line 1) and a string (line 3)"));
            Assert.That(marked.Values("a"), Is.EqualTo(new object?[] { 1L, null, 2L }));
        });
    }

    [Test]
    public async Task ReadAsync_numbers_that_no_column_holds_are_reported()
    {
        var (table, repairs) = await Reading.WithRepairs(JsonLines.Text("{\"k\":12345678901234567890,\"x\":1e300}\n{\"k\":1,\"x\":2}"));
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo("k:Text x:Number"));
            Assert.That(table.Values("x"), Is.EqualTo(new object?[] { null, 2f }));
            Assert.That(repairs, Has.Some.Contains("'k': '12345678901234567890' (line 1)").And.Some.Contains("'x': '1e300' (line 1)"));
        });
    }

    [TestCase("{\"a\":1}\n{\"a\":}", "MT2115", "JSON text, line 2, column 6")]
    [TestCase("{\"é\":1,}", "MT2115", "line 1, column 8", "'{\"é\":1,}'")]
    [TestCase("{\n  \"a\": 1\n}", "MT2115", "line 1", "whole JSON object")]
    [TestCase("{\"a\":1} {\"a\":2}", "MT2115", "line 1, column 9")]
    [TestCase("{\"a\":\"\\ud800\"}", "MT2115", "line 1, column 6", "half a character")]
    [TestCase("{\"a\":1", "MT2115", "line 1")]
    [TestCase("[{\"a\":1}]", "MT2115", "array", "jq")]
    [TestCase("3", "MT2115", "no object")]
    [TestCase("{\"a\":1,\"b\":2,\"a\":3}", "MT2116", "line 1", "'a'", "twice")]
    [TestCase("{\"a\":{},\"a\":{}}", "MT2116", "'a'")]
    [TestCase("{\"a.b\":1,\"a\":{\"b\":2}}", "MT2116", "'a.b'")]
    [TestCase("{\"a\":1}\n{\"o\":{\"tags\":[1]}}", "MT2117", "line 2", "'o.tags'", "array", "Ignored")]
    [TestCase("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}", "MT2117", "levels deep")]
    [TestCase("", "MT2101", "empty|no rows")]
    [TestCase("\n \r\n", "MT2101", "no rows")]
    public void ReadAsync_malformed_line_fails_with_place_and_fix(string text, string id, params string[] parts)
    {
        var message = Fails(text);
        Assert.That(message, Does.StartWith(id));
        foreach (var part in parts) Assert.That(message, Does.Match(string.Join('|', part.Split('|').Select(System.Text.RegularExpressions.Regex.Escape))));
    }

    [Test]
    public void ReadAsync_too_many_keys_or_bytes_fail()
    {
        var keys = string.Join('\n', Enumerable.Range(0, 101).Select(i => "{" + string.Join(',', Enumerable.Range(i * 100, 100).Select(k => $"\"k{k}\":1")) + "}"));
        Assert.Multiple(() =>
        {
            Assert.That(Fails(keys), Does.StartWith("MT2118").And.Contain("line 101").And.Contain("'k10000'"));
            Assert.That(Fails("{\"a\":1}\n{\"a\":\"" + new string('x', 300_000) + "\"}", options => options with { MaxLineBytes = 100_000 }), Does.StartWith("MT2107").And.Contain("line 2"));
            Assert.That(Fails("{}", options => options with { MaxLineBytes = 5 }), Does.StartWith("MT1103"));
        });
    }

    [Test]
    public async Task ReadAsync_roles_are_given_and_ignored_arrays_left_out()
    {
        var table = await Reading.Of(JsonLines.Text("{\"id\":1,\"y\":2,\"tags\":[1,{\"a\":[]}],\"o\":{\"p\":1}}", "y", options => options with { Ids = ["id"], Ignored = ["tags", "o"] }));
        Assert.Multiple(() =>
        {
            Assert.That(table.Schema.Select(column => (column.Name, column.Role)), Is.EqualTo(new[] { ("id", ColumnRole.Id), ("y", ColumnRole.Label) }));
            Assert.That(Reading.Fails(JsonLines.Text("{\"income\":1}", "incom")).Message, Does.StartWith("MT2001").And.Contain("Did you mean 'income'?"));
            Assert.That(Fails("{\"a\":1}", options => options with { Ignored = ["b"] }), Does.StartWith("MT2001").And.Contain("'b'"));
        });
    }

    [Test]
    public async Task File_pattern_plain_packed_and_marked_are_one_table()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("1.jsonl"), "{\"a\":1}\r\n{\"a\":2}", new UTF8Encoding(true));
        await using (var packing = new GZipStream(File.Create(folder.File("2.jsonl.gz")), CompressionLevel.Optimal)) packing.Write("{\"a\":3,\"b\":\"x\"}\n"u8);
        var table = await Reading.Of(JsonLines.File(folder.File("*.jsonl*")));
        await File.WriteAllTextAsync(folder.File("3.jsonl"), "{\"a\":[]}");
        Assert.Multiple(() =>
        {
            Assert.That(table.Values("a"), Is.EqualTo(new object[] { 1L, 2L, 3L }));
            Assert.That(table.Values("b"), Is.EqualTo(new object?[] { null, null, "x" }));
            Assert.That(Reading.Fails(JsonLines.File(folder.File("*.jsonl*"))).Message, Does.StartWith("MT2117").And.Contain("3.jsonl, line 1"));
            Assert.That(Reading.Fails(JsonLines.File(folder.Path)).Message, Does.StartWith("MT4102").And.Contain("*.jsonl").And.Contain("find 2"));
        });
    }

    [Test]
    public async Task Stream_asynchronous_only_is_read_once_and_left_open()
    {
        using var stream = new TrickleStream("{\"a\":1}\n{\"a\":\"\u20ac\"}"u8.ToArray(), 3, asynchronousOnly: true);
        var source = JsonLines.Stream(stream);
        var table = await Reading.Of(source);
        Assert.Multiple(() =>
        {
            Assert.That(table.Values("a"), Is.EqualTo(new object[] { "1", "€" }));
            Assert.That(stream.IsDisposed, Is.False);
            Assert.That(Reading.Fails(source).Message, Does.StartWith("MT4106").And.Contain("JSON stream"));
        });
    }

    [Test]
    public void ReadAsync_cancelled_ends()
    {
        using var cancellation = new CancellationTokenSource();
        var text = string.Concat(Enumerable.Repeat("{\"a\":1}\n", 100_000));
        var context = new SourceContext { Progress = new Immediate(_ => cancellation.Cancel()) };
        Assert.That(async () => await JsonLines.Text(text).ReadAsync(context, cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>What a serializer writes comes back, in any order of keys and cut into any pieces.</summary>
    [Test]
    public async Task ReadAsync_written_by_a_serializer_comes_back([Values(1, 2, 3, 4, 5)] int seed)
    {
        var random = new Random(seed);
        string[] alphabet = ["a", "é", "€", "😀", "\"", "\\", "\t", ",", "{", "}", "0", " ", "\n"];
        var count = random.Next(1, 3000);
        var (integers, numbers, texts) = (new object?[count], new object?[count], new object?[count]);
        var text = new StringBuilder();
        for (var row = 0; row < count; row++)
        {
            var line = new List<KeyValuePair<string, object?>>();
            if (row == 0 || random.Next(5) > 0) line.Add(new("i", integers[row] = random.NextInt64(long.MinValue, long.MaxValue)));
            if (row == 0 || random.Next(5) > 0) line.Add(new("n", numbers[row] = (float)(random.NextDouble() * Math.Pow(10, random.Next(-20, 20)))));
            if (row == 0 || random.Next(5) > 0) line.Add(new("t", texts[row] = "x" + string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => alphabet[random.Next(alphabet.Length)])) + "x"));
            if (row > 0) random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line));
            text.Append(CultureInfo.InvariantCulture, $"{JsonSerializer.Serialize(new Dictionary<string, object?>(line))}{(random.Next(2) == 0 ? "\n" : "\r\n")}");
        }

        using var stream = new TrickleStream(Encoding.UTF8.GetBytes(text.ToString()), random.Next(1, 500));
        var table = await Reading.Of(JsonLines.Stream(stream));
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo("i:Integer n:Number t:Text"), $"seed {seed}");
            Assert.That(table.Values("i"), Is.EqualTo(integers), $"seed {seed}");
            Assert.That(table.Values("n"), Is.EqualTo(numbers), $"seed {seed}");
            Assert.That(table.Values("t"), Is.EqualTo(texts), $"seed {seed}");
        });
    }

    private sealed class Immediate(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
