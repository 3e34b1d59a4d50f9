using System.Text;

namespace ModelTraining.Tests.Data;

internal sealed class CsvDetectionTests
{
    [TestCase("a,b\n1,2\n3,4\n", TestName = "comma")]
    [TestCase("a;b\n1;2\n3;4\n", TestName = "semicolon")]
    [TestCase("a\tb\n1\t2\n3\t4\n", TestName = "tab")]
    [TestCase("a|b\n1|2\n3|4\n", TestName = "bar")]
    [TestCase("a,b\r\n1,2\r\n3,4", TestName = "CR LF, and none at the end")]
    [TestCase("a,b\r1,2\r3,4\r", TestName = "CR")]
    [TestCase("\n\na,b\n\n1,2\n   \n3,4\n\n", TestName = "blank lines")]
    [TestCase("sep=;\na;b\n1;2\n3;4\n", TestName = "Excel's hint")]
    [TestCase("\"a\",\"b\"\n\"1\",\"2\"\n\"3\",\"4\"\n", TestName = "double quotes")]
    [TestCase("'a','b'\n'1','2'\n'3','4'\n", TestName = "single quotes")]
    [TestCase(" a ,\tb\n 1 , 2\n3\t, \"4\" \n", TestName = "blanks around values and quotes")]
    [TestCase("#a,b\n1,2\n3,4\n", TestName = "a header that starts with #")]
    [TestCase("# by hand\n# in May\na,b\n1,2\n# later\n3,4\n", TestName = "comments with #")]
    [TestCase("// by hand\na,b\n1,2\n//, \"open\n3,4\n", TestName = "comments with //, a quote in one")]
    [TestCase("\uFEFFa,b\n1,2\n3,4\n", TestName = "byte order mark")]
    [TestCase("a,b,,\n1,2\n3,4\n", TestName = "a header with empty names at its end")]
    public async Task ReadAsync_way_of_writing_gives_the_same_table(string text)
    {
        var table = await Reading.Csv(text);
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo("a:Integer b:Integer"));
            Assert.That(table.Values("a"), Is.EqualTo(new object[] { 1L, 3L }));
            Assert.That(table.Values("b"), Is.EqualTo(new object[] { 2L, 4L }));
        });
    }

    [Test]
    public async Task ReadAsync_semicolons_and_decimal_commas_prefers_semicolons()
    {
        var table = await Reading.Csv("a;b\n1,5;2,25\n3,5;4,75\n");
        Assert.That(table.Values("b"), Is.EqualTo(new object[] { 2.25f, 4.75f }));
    }

    [TestCase("1,2\n3,4\n", null, "column0:Integer column1:Integer", 2, TestName = "numbers in the first line: no header")]
    [TestCase("x,y\n1,2\n", null, "x:Integer y:Integer", 1, TestName = "text over numbers: header")]
    [TestCase("red,big\nblue,small\nred,small\n", null, "column0:Text column1:Text", 3, TestName = "text that recurs: no header")]
    [TestCase("colour,size\nblue,small\nred,small\n", null, "colour:Text size:Text", 2, TestName = "text that does not recur: header")]
    [TestCase("red,big\nblue,small\nred,small\n", "big", "red:Text big:Text", 2, TestName = "the label's name: header")]
    [TestCase("2019,2020\n1,2\n", "2020", "2019:Integer 2020:Integer", 1, TestName = "the label's name, digits: header")]
    [TestCase("colour,size\nblue,small\nred,small\n", "column1", "column0:Text column1:Text", 3, TestName = "the label by position: no header")]
    [TestCase("2001-01-01,b\n2001-01-02,c\n", null, "column0:DateTime column1:Text", 2, TestName = "a date in the first line: no header")]
    [TestCase("name\nAda\nGrace\n", null, "name:Text", 2, TestName = "one column")]
    public async Task ReadAsync_first_line_is_told_from_rows(string text, string? label, string types, int rows)
    {
        var table = await Reading.Of(Csv.Text(text, label));
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo(types));
            Assert.That(table.RowCount, Is.EqualTo(rows));
            Assert.That(table.Schema.Label?.Name, Is.EqualTo(label));
        });
    }

    [Test]
    public async Task ReadAsync_said_options_are_not_detected()
    {
        var table = await Reading.Csv("1,5 2\n3,5 4\n", o => o with { Delimiter = ' ', HasHeader = true, Quote = CsvOptions.NoQuote, DecimalComma = true });
        Assert.That(table.Types(), Is.EqualTo("1,5:Number 2:Integer"));
    }

    [Test]
    public async Task ReadAsync_quotes_of_people_are_no_quoting()
    {
        var table = await Reading.Csv("\"Great\" she said\t1\n\"Never\n\tagain\t0\n".Replace("\n\t", " ", StringComparison.Ordinal) + "plain\t1\n");
        Assert.That(table.Values("column0"), Is.EqualTo(new object[] { "\"Great\" she said", "\"Never again", "plain" }));
    }

    [Test]
    public async Task ReadAsync_quote_not_closed_among_good_ones_takes_its_line_only()
    {
        var text = new StringBuilder("text\tn\n");
        for (var i = 0; i < 20; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"row \"\"{i}\"\"\"\t{i}\n").Replace("\"row \"\"7\"\"\"", "\"row 7");
        var (table, repairs) = await Reading.WithRepairs(Csv.Text(text.ToString()));
        Assert.Multiple(() =>
        {
            Assert.That(table.RowCount, Is.EqualTo(20));
            Assert.That(table["text"][8], Is.EqualTo("row \"8\""));
            Assert.That(table["n"].IsMissing(7));
            Assert.That(repairs, Has.Some.Contains("1 row has a quote that is not closed on its line (line 9)"));
        });
    }

    [Test]
    public async Task ReadAsync_apostrophes_are_no_quotes()
    {
        var table = await Reading.Csv("word,n\n'tis,1\n'twas,2\n'n',3\n");
        Assert.That(table.Values("word"), Is.EqualTo(new object[] { "'tis", "'twas", "'n'" }));
    }

    [Test]
    public async Task ReadAsync_comments_are_counted_and_can_be_rows()
    {
        const string text = "//a,b\n//1,2\n3,4\n";
        var (_, repairs) = await Reading.WithRepairs(Csv.Text(text));
        var rows = await Reading.Csv(text, o => o with { CommentPrefix = "", HasHeader = true });
        Assert.Multiple(() =>
        {
            Assert.That(repairs, Has.Some.Contains("2 lines that start with '//'"));
            Assert.That(rows.Types(), Is.EqualTo("//a:Text b:Integer"));
        });
    }

    private static IEnumerable<TestCaseData> Encodings()
    {
        yield return new TestCaseData(Encoding.UTF8, true, null).SetName("UTF-8 with mark");
        yield return new TestCaseData(Encoding.UTF8, false, null).SetName("UTF-8");
        yield return new TestCaseData(Encoding.Unicode, true, null).SetName("UTF-16 with mark");
        yield return new TestCaseData(Encoding.BigEndianUnicode, true, null).SetName("UTF-16, big end first, with mark");
        yield return new TestCaseData(Encoding.UTF32, true, null).SetName("UTF-32 with mark");
        yield return new TestCaseData(Encoding.Unicode, false, Encoding.Unicode).SetName("UTF-16 said");
        yield return new TestCaseData(Encoding.Latin1, false, Encoding.Latin1).SetName("Latin-1 said");
    }

    [TestCaseSource(nameof(Encodings))]
    public async Task ReadAsync_encoding_gives_the_same_text(Encoding written, bool mark, Encoding? said)
    {
        // More than one block, read in pieces that cut characters.
        var text = "Ort,Größe\n" + string.Concat(Enumerable.Repeat("Köln,5\nÅrhus,6\n", 5000));
        byte[] bytes = [.. mark ? written.GetPreamble() : [], .. written.GetBytes(text)];
        var table = await Reading.Of(Csv.Stream(new TrickleStream(bytes, 1009), "Größe", o => o with { Encoding = said }));
        Assert.Multiple(() =>
        {
            Assert.That(table.RowCount, Is.EqualTo(10000));
            Assert.That(((TextColumn)table["Ort"]).Categories.ToArray(), Is.EqualTo(new[] { "Köln", "Århus" }));
        });
    }
}
