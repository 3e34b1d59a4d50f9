using System.Text;

namespace ModelTraining.Tests.Data;

/// <summary>Each way in which delimited text can be wrong: the id, the place, the value and the fix.</summary>
internal sealed class CsvErrorsTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("mt-csv-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static void Fails(IDataSource source, string id, params string[] parts)
    {
        var failure = Reading.Fails(source);
        Assert.Multiple(() =>
        {
            Assert.That(failure.Id, Is.EqualTo(id));
            foreach (var part in parts) Assert.That(failure.Message, Does.Contain(part));
        });
    }

    [Test]
    public void ReadAsync_file_that_is_not_there_names_the_nearest()
    {
        Write("adult.csv", "a,b\n1,2\n");
        Fails(Csv.File(Path.Combine(_folder, "adutl.csv")), "MT4101", "'adutl.csv'", _folder, "Did you mean 'adult.csv'?");
    }

    [Test]
    public void ReadAsync_folder_that_is_not_there_is_named() =>
        Fails(Csv.File(Path.Combine(_folder, "no", "adult.csv")), "MT4101", $"folder '{Path.Combine(_folder, "no")}' does not exist");

    [Test]
    public void ReadAsync_pattern_that_finds_nothing_names_the_nearest()
    {
        Write("part.csv", "a,b\n1,2\n");
        Fails(Csv.File(Path.Combine(_folder, "parts*.csv")), "MT4101", "matches 'parts*.csv'", "'part.csv'");
    }

    [Test]
    public void ReadAsync_folder_shows_the_pattern()
    {
        Write("a.csv", "a,b\n1,2\n");
        Fails(Csv.File(_folder), "MT4102", "is a folder", Path.Combine(_folder, "*.csv"), "would find 1");
    }

    [Test]
    public void ReadAsync_locked_file_says_so()
    {
        var path = Write("a.csv", "a,b\n1,2\n");
        using var locked = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Fails(Csv.File(path), "MT4103", "a.csv", "Close the program that has it open");
    }

    [TestCase("")]
    [TestCase("\n  \n\n")]
    [TestCase("\uFEFF")]
    [TestCase("// only a comment\n")]
    public void ReadAsync_empty_file_says_so(string text) => Fails(Csv.File(Write("a.csv", text)), "MT2101", "a.csv is empty");

    [Test]
    public void ReadAsync_only_a_header_says_so() => Fails(Csv.File(Write("a.csv", "age,income\n"), "income"), "MT2102", "a.csv", "age, income", "no rows");

    [Test]
    public void ReadAsync_values_too_many_names_line_and_value() =>
        Fails(Csv.File(Write("a.csv", "a,b\n1,2\n\n3,Paris, France\n")), "MT2103", "a.csv, line 4", "3 fields", "2 columns", "'France'", "RaggedRows.Skip");

    [Test]
    public void ReadAsync_ragged_row_is_an_error_when_said()
    {
        Fails(Csv.File(Write("a.csv", "a,b\n1,2\n3\n"), configure: o => o with { RaggedRows = RaggedRows.Error }), "MT2103", "a.csv, line 3", "1 fields", "column", "'b'");
        Fails(Csv.File(Write("b.csv", "a,b\n1,2\n3,4,\n"), configure: o => o with { RaggedRows = RaggedRows.Error }), "MT2103", "b.csv, line 3", "3 fields");
    }

    [Test]
    public void ReadAsync_bytes_that_are_not_utf8_name_line_byte_and_fix()
    {
        var text = "name,age\n" + string.Concat(Enumerable.Repeat("Ada,5\n", 20_000)) + "René,6\n";
        Fails(Csv.File(Write("a.csv", Encoding.Latin1.GetBytes(text))), "MT4104", "a.csv, line 20002", $"byte {9 + (20_000 * 6) + 3}", "0xE9", "'René,6'", "Encoding.Latin1");
    }

    [Test]
    public void ReadAsync_bytes_that_are_not_utf8_after_comments_name_the_right_line() =>
        Fails(Csv.File(Write("a.csv", [.. Encoding.UTF8.GetBytes("// one\n// two\nname,age\n" + string.Concat(Enumerable.Repeat("Ada,5\n// x\n", 10_000))), 0xFF])), "MT4104", "a.csv, line 20004", $"byte {7 + 7 + 9 + (10_000 * 11)}");

    [Test]
    public void ReadAsync_bytes_that_are_not_of_the_said_encoding_fail() =>
        Fails(Csv.File(Write("a.csv", [.. Encoding.Unicode.GetBytes("a,b\n1,2\n"), 0x00, 0xDC, 0x41, 0x00]), configure: o => o with { Encoding = Encoding.Unicode }), "MT4104", "a.csv", "not of the encoding");

    [Test]
    public void ReadAsync_utf16_without_mark_names_the_fix()
    {
        Fails(Csv.File(Write("a.csv", Encoding.Unicode.GetBytes("a,b\n1,2\n"))), "MT4105", "a.csv, line 1", "Encoding.Unicode");
        Fails(Csv.File(Write("b.csv", Encoding.BigEndianUnicode.GetBytes("a,b\n1,2\n"))), "MT4105", "b.csv, line 1", "Encoding.BigEndianUnicode");
    }

    [TestCase("PK\u0003\u0004....", "ZIP")]
    [TestCase("PAR1....", "Parquet")]
    [TestCase("SQLite format 3\0", "SQLite")]
    public void ReadAsync_other_file_says_which(string start, string what) => Fails(Csv.File(Write("a.csv", start)), "MT4105", "a.csv is no text", what);

    [Test]
    public void ReadAsync_quote_never_closed_names_the_line_where_it_opens() =>
        Fails(Csv.File(Write("a.csv", "a,b\n1,\"x\ny\"\n2,z\n3,\"open\n" + string.Concat(Enumerable.Repeat("4,w\n", 50)))), "MT2106", "a.csv, line 5", "column 'b'", "'\"open", "NoQuote");

    [Test]
    public void ReadAsync_quote_never_closed_in_the_header_fails() => Fails(Csv.Text("\"a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 20_000))), "MT2106", "line 1", "column 1");

    [Test]
    public void ReadAsync_quote_never_closed_in_a_long_text_does_not_swallow_it()
    {
        var text = "a,b\n1,2\n3,\"open\n" + string.Concat(Enumerable.Repeat("4,5\n", 100_000));
        Fails(Csv.Text(text, configure: o => o with { MaxRecordBytes = 100_000, Quote = '"' }), "MT2106", "line 3", "100000 bytes", "MaxRecordBytes");
    }

    /// <summary>Rows beyond what dialects are detected by, without a quote.</summary>
    private static string Long(string header, string row) => header + "\n" + string.Concat(Enumerable.Repeat(row + "\n", 10_000));

    [Test]
    public void ReadAsync_late_quote_never_closed_names_the_line_where_it_opens() =>
        Fails(Csv.Text(Long("a,b,c", "1,xx,3.5") + "2,\"open,4.5\n" + Long("5,y,6", "1,xx,3.5")), "MT2106", "line 10002", "column 'b'", "'\"open", "NoQuote");

    [TestCase("2,\"open,4.5\n3,yy,5.5\n4,\"closed\",6.5\n", 10_002, TestName = "up to a quoted value")]
    [TestCase("2,\"open,4.5\n3,yy,5.5\n4,12\",6.5\n", 10_002, TestName = "up to an inch sign")]
    [TestCase("2,xx,4.5\n3,\"open,5.5\n4,\"open,6.5\n", 10_003, TestName = "up to another one")]
    public async Task ReadAsync_late_quote_not_closed_gives_the_rows_back(string rows, int line)
    {
        var (table, repairs) = await Reading.WithRepairs(Csv.Text(Long("a,b,c", "1,xx,3.5") + rows + "9,zz,7.5\n"));
        Assert.That(table.RowCount, Is.EqualTo(10_004));
        Assert.That(table.Values("a").TakeLast(4), Is.EqualTo(new object[] { 2L, 3L, 4L, 9L }));
        Assert.That(table.Values("c").TakeLast(4), Is.EqualTo(new object[] { 4.5f, 5.5f, 6.5f, 7.5f }));
        Assert.That(repairs, Has.Some.Contains("a quote that is not closed").And.Contains($"{line}"));
    }

    [Test]
    public async Task ReadAsync_late_value_over_several_lines_stays_one()
    {
        var (table, repairs) = await Reading.WithRepairs(Csv.Text(Long("a,b,c", "1,xx,3.5") + "2,\"one\ntwo, and\nthree\",4.5\n9,zz,7.5\n"));
        Assert.That(table.RowCount, Is.EqualTo(10_002));
        Assert.That(table["b"][10_000], Is.EqualTo("one\ntwo, and\nthree"));
        Assert.That(repairs, Is.Empty);
    }

    [Test]
    public async Task ReadAsync_late_value_that_could_be_rows_is_told()
    {
        var (table, repairs) = await Reading.WithRepairs(Csv.Text(Long("a,b", "11,xxxxx") + "2,\"hello, world\nmany, greetings\"\n"));
        Assert.That(table["b"][10_000], Is.EqualTo("hello, world\nmany, greetings"));
        Assert.That(repairs.Single(), Does.Contain("each of which could be a row").And.Contains("line 10002"));
    }

    [Test]
    public void ReadAsync_endless_line_fails_before_it_is_all_in_memory() =>
        Fails(Csv.Text("a,b\n1,2\n" + new string('x', 1_000_000), configure: o => o with { MaxRecordBytes = 100_000 }), "MT2107", "line 3", "100000 bytes", "MaxRecordBytes");

    [Test]
    public void ReadAsync_label_that_is_not_there_names_the_nearest() =>
        Fails(Csv.File(Write("a.csv", "age,income\n1,2\n"), "incme"), "MT2001", "a.csv has no column 'incme'", "Label", "Did you mean 'income'?");

    [Test]
    public void ReadAsync_label_without_header_says_how_columns_are_called() =>
        Fails(Csv.Text("1,2\n3,4\n", "income"), "MT2001", "'income'", "column0 to column1", "HasHeader = true");

    [Test]
    public void ReadAsync_all_names_that_are_wrong_are_said_together()
    {
        var failure = Reading.Fails(Csv.Text("age,income,w\n1,2,3\n", "agee", o => o with { Weight = "ww", Ids = ["id"], Ignored = ["incom"] }));
        Assert.That(failure.Problems.Select(problem => problem.Id), Is.EqualTo(new[] { "MT2001", "MT2001", "MT2001", "MT2001" }));
    }

    [Test]
    public void ReadAsync_type_of_a_column_that_is_not_there_fails() =>
        Fails(Csv.Text("zip,n\n1,2\n", configure: o => o with { Types = new Dictionary<string, ColumnType> { ["zp"] = ColumnType.Text } }), "MT2001", "'zp'", "Types", "'zip'");

    [Test]
    public void ReadAsync_column_in_two_roles_fails() =>
        Fails(Csv.Text("a,b\n1,2\n", "b", o => o with { Weight = "b" }), "MT1102", "'b'", "Label and for Weight");

    [Test]
    public void ReadAsync_wrong_options_are_said_together()
    {
        var failure = Reading.Fails(Csv.Text("a,b\n1,2\n", "b", o => o with
        {
            Delimiter = '\n',
            Quote = 'q',
            CommentPrefix = "a\nb",
            MaxRecordBytes = 5,
            RaggedRows = (RaggedRows)7,
            Weight = "b",
            Types = new Dictionary<string, ColumnType> { ["a"] = ColumnType.Tensor },
        }));
        Assert.Multiple(() =>
        {
            Assert.That(failure.Problems, Has.Count.EqualTo(7));
            Assert.That(failure.Message, Does.Contain("'MaxRecordBytes' option of Csv must be at least 1024. Got 5."));
        });
    }

    [Test]
    public void ReadAsync_value_that_is_not_of_its_said_type_names_line_column_and_value() =>
        Fails(Csv.File(Write("a.csv", "n,m\n1,2\n2.5,3\nx,4\n"), configure: o => o with { Types = new Dictionary<string, ColumnType> { ["n"] = ColumnType.Integer } }), "MT2108", "a.csv, line 3", "column 'n'", "'2.5'", "whole number");

    [Test]
    public void ReadAsync_label_all_missing_fails() => Fails(Csv.File(Write("a.csv", "a,b\n1,?\n2,\n"), "b"), "MT2109", "a.csv", "all 2 values of the label 'b'");

    [Test]
    public void ReadAsync_weight_that_is_no_number_fails() => Fails(Csv.Text("a,w\n1,much\n2,little\n", configure: o => o with { Weight = "w" }), "MT2110", "'w'", "'much'");

    [Test]
    public void ReadAsync_name_of_two_columns_as_label_fails() => Fails(Csv.Text("a,b,b\n1,2,3\n", "b"), "MT2105", "line 1", "two columns are called 'b'");

    [TestCase("b,a\n3,4\n", "column 1 is 'b'", "'a' in the first file")]
    [TestCase("a\n3\n", "column 2 is not there", "'b' in the first file")]
    [TestCase("a,b,c\n3,4,5\n", "column 3 is 'c'", "2 columns")]
    public void ReadAsync_files_of_other_columns_name_file_and_column(string second, string found, string wanted)
    {
        Write("part-1.csv", "a,b\n1,2\n");
        Write("part-2.csv", second);
        Fails(Csv.File(Path.Combine(_folder, "part-*.csv")), "MT2104", "part-2.csv", found, wanted);
    }

    [Test]
    public void ReadAsync_stream_that_was_read_before_fails()
    {
        var source = Csv.Stream(new TrickleStream(Encoding.UTF8.GetBytes("a,b\n1,2\n"), 100));
        Assert.That(async () => await Reading.Of(source), Throws.Nothing);
        Fails(source, "MT4106", "CSV stream", "read before");
    }
}
