using System.Globalization;
using System.Text;

namespace ModelTraining.Tests.Data;

internal sealed class CsvReadingTests
{
    [Test]
    public async Task ReadAsync_roles_are_in_the_schema()
    {
        var table = await Reading.Of(Csv.Text("id,x,w,note,y\n1,2,3,a,b\n", "y", o => o with { Weight = "w", Ids = ["id"], Ignored = ["note"] }));
        Assert.That(table.Schema.Select(column => column.Role), Is.EqualTo(new[] { ColumnRole.Id, ColumnRole.Feature, ColumnRole.Weight, ColumnRole.Ignored, ColumnRole.Label }));
    }

    [Test]
    public async Task ReadAsync_rows_that_end_early_have_missing_values_and_are_counted()
    {
        var (table, repairs) = await Reading.WithRepairs(Csv.Text("a,b,c\n1,2,3\n4\n5,6\n7,8,9\n1\n2\n"));
        Assert.Multiple(() =>
        {
            Assert.That(table.RowCount, Is.EqualTo(6));
            Assert.That(table.Values("b"), Is.EqualTo(new object?[] { 2L, null, 6L, 8L, null, null }));
            Assert.That(repairs, Is.EqualTo(new[] { "CSV text: 4 rows end early (first in lines 3, 4 and 6); the values that are not there are missing." }));
        });
    }

    [Test]
    public async Task ReadAsync_empty_values_too_many_are_left_out()
    {
        var (table, repairs) = await Reading.WithRepairs(Csv.Text("a,b\n1,2,\n3,4, ,\n"));
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo("a:Integer b:Integer"));
            Assert.That(repairs, Has.Some.Contains("2 rows have empty fields too many (lines 2 and 3)"));
        });
    }

    [Test]
    public async Task ReadAsync_ragged_rows_are_left_out_when_said()
    {
        var (table, repairs) = await Reading.WithRepairs(Csv.Text("a,b\n1,2\n3\n4,5,6\n7,8\n", configure: o => o with { RaggedRows = RaggedRows.Skip }));
        Assert.Multiple(() =>
        {
            Assert.That(table.Values("a"), Is.EqualTo(new object[] { 1L, 7L }));
            Assert.That(repairs, Has.Some.Contains("2 rows have not 2 fields (lines 3 and 4)"));
        });
    }

    [Test]
    public async Task ReadAsync_names_that_recur_or_are_empty_are_made_good()
    {
        var (table, repairs) = await Reading.WithRepairs(Csv.Text(",a,a,a_2,\n1,2,3,4,5\n"));
        Assert.Multiple(() =>
        {
            Assert.That(table.Schema.Select(column => column.Name), Is.EqualTo(new[] { "column0", "a", "a_3", "a_2", "column4" }));
            Assert.That(repairs, Has.Count.EqualTo(3));
        });
    }

    [Test]
    public async Task ReadAsync_files_of_a_pattern_are_one_table_in_the_order_of_their_names()
    {
        var folder = Directory.CreateTempSubdirectory("mt-csv-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "p10.csv"), "x,y\n10,a\n");
            await File.WriteAllTextAsync(Path.Combine(folder, "p2.csv"), "\uFEFFx,y\r\n2.5,b\r\n3");
            await File.WriteAllTextAsync(Path.Combine(folder, "p1.csv"), "x,y\n1,c\n");
            await File.WriteAllTextAsync(Path.Combine(folder, "q1.csv"), "other\n");
            var (table, repairs) = await Reading.WithRepairs(Csv.File(Path.Combine(folder, "p?*.csv"), "y"));
            Assert.Multiple(() =>
            {
                Assert.That(table.Values("x"), Is.EqualTo(new object[] { 1f, 10f, 2.5f, 3f }));
                Assert.That(table.Values("y"), Is.EqualTo(new object?[] { "c", "a", "b", null }));
                Assert.That(repairs, Has.Some.Contains("1 row ends early (line 3)"));
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task ReadAsync_stream_is_left_open_and_read_without_blocking()
    {
        await using var stream = new TrickleStream(Encoding.UTF8.GetBytes("a,b\n" + string.Concat(Enumerable.Repeat("1,x\n", 1000))), most: 7, asynchronousOnly: true);
        var table = await Reading.Of(Csv.Stream(stream, "b"));
        Assert.Multiple(() =>
        {
            Assert.That(table.RowCount, Is.EqualTo(1000));
            Assert.That(stream.IsDisposed, Is.False);
        });
    }

    [Test]
    public async Task ReadAsync_stream_that_can_seek_is_read_again_from_where_it_stood()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("skipped\na,b\n1,2\n"));
        stream.Position = 8;
        var source = Csv.Stream(stream);
        Assert.Multiple(() =>
        {
            Assert.That(async () => (await Reading.Of(source)).Types(), Is.EqualTo("a:Integer b:Integer"));
            Assert.That(async () => (await Reading.Of(source)).RowCount, Is.EqualTo(1));
        });
        await Task.CompletedTask;
    }

    [Test]
    public async Task ReadAsync_text_in_the_smallest_pieces_is_the_same()
    {
        var text = "// Größe\nName,n\n\"ü, \"\"x\"\"\",1\n//, \"\n€,2\n/,3\n\"//\n//\",4\n// end";
        var whole = await Reading.Csv(text);
        var pieces = await Reading.Of(Csv.Stream(new TrickleStream(Encoding.UTF8.GetBytes(text), 1)));
        Assert.Multiple(() =>
        {
            Assert.That(whole.Values("Name"), Is.EqualTo(new object[] { "ü, \"x\"", "€", "/", "//\n//" }));
            Assert.That(pieces.Values("Name"), Is.EqualTo(whole.Values("Name")));
        });
    }

    [Test]
    public async Task ReadAsync_comments_across_blocks_are_left_out()
    {
        var random = new SeededRandom(5);
        var text = new StringBuilder("// c\nx,y\n");
        var rows = 0;
        while (text.Length < 300_000)
        {
            if (random.Next(3) == 0) text.Append("//").Append('/', random.Next(40)).Append('\n');
            else text.Append(CultureInfo.InvariantCulture, $"/{rows++},{new string('z', random.Next(30))}\n");
        }

        foreach (var most in new[] { 333, 65_536 })
        {
            var table = await Reading.Of(Csv.Stream(new TrickleStream(Encoding.UTF8.GetBytes(text.ToString()), most)));
            Assert.That(table.RowCount, Is.EqualTo(rows));
            Assert.That(table["x"][rows - 1], Is.EqualTo($"/{rows - 1}"));
        }
    }

    [Test]
    public async Task ReadAsync_progress_grows_to_the_whole()
    {
        var told = new List<double>();
        var text = "a,b\n" + string.Concat(Enumerable.Repeat("1,x\n", 200_000));
        await Csv.Text(text).ReadAsync(new SourceContext { Progress = new Listener(told) }, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(told, Is.Ordered.And.Count.GreaterThan(5).And.Count.LessThanOrEqualTo(101));
            Assert.That(told[^1], Is.EqualTo(1).Within(0.01));
        });
    }

    [Test]
    public void ReadAsync_cancelled_ends()
    {
        using var cancellation = new CancellationTokenSource();
        var context = new SourceContext { Progress = new Canceller(cancellation) };
        var text = "a,b\n" + string.Concat(Enumerable.Repeat("1,x\n", 200_000));
        Assert.That(async () => await Csv.Text(text).ReadAsync(context, cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task ReadAsync_random_tables_come_back_equal([Range(1, 24)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new SeededRandom((ulong)seed);
        var delimiter = ",;\t|"[random.Next(4)];
        var quote = "\"'"[random.Next(2)];
        var lineEnd = new[] { "\n", "\r\n" }[random.Next(2)];
        var rows = 1 + random.Next(3000);
        var numbers = Values<float?>(rows, () => random.Next(5) == 0 ? null : (float)(random.NextNormal() * Math.Pow(10, random.Next(9) - 4)));
        var integers = Values<long?>(rows, () => random.Next(5) == 0 ? null : (long)random.NextBits());
        var words = Values<string?>(rows, () => random.Next(9) == 0 ? null : Word(random, $"{delimiter}{quote}"));
        var flags = Values<bool?>(rows, () => random.Next(5) == 0 ? null : random.Next(2) == 0);
        var dates = Values<DateTime?>(rows, () => random.Next(5) == 0 ? null : new DateTime(1950 + random.Next(100), 1 + random.Next(12), 1 + random.Next(28), random.Next(24), random.Next(60), random.Next(60)));
        numbers[0] = 0.5f;
        (integers[0], words[0], flags[0], dates[0]) = (1, "word", true, new DateTime(2001, 12, 31));

        var text = new StringBuilder($"n{delimiter}i{delimiter}w{delimiter}f{delimiter}d{lineEnd}");
        for (var row = 0; row < rows; row++)
        {
            string[] fields =
            [
                numbers[row]?.ToString(CultureInfo.InvariantCulture) ?? "?",
                integers[row]?.ToString(CultureInfo.InvariantCulture) ?? "",
                words[row] is { } word ? $"{quote}{word.Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal)}{quote}" : "NA",
                flags[row]?.ToString(CultureInfo.InvariantCulture) ?? "null",
                dates[row]?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? " ",
            ];
            text.AppendJoin(delimiter, fields.Select(field => random.Next(10) == 0 ? $" {field} " : field)).Append(lineEnd);
        }

        var table = await Reading.Csv(text.ToString());
        Assert.Multiple(() =>
        {
            Assert.That(table.Types(), Is.EqualTo("n:Number i:Integer w:Text f:Boolean d:DateTime"));
            Assert.That(table.Values("n"), Is.EqualTo(numbers.Cast<object?>()));
            Assert.That(table.Values("i"), Is.EqualTo(integers.Cast<object?>()));
            Assert.That(table.Values("w"), Is.EqualTo(words));
            Assert.That(table.Values("f"), Is.EqualTo(flags.Cast<object?>()));
            Assert.That(table.Values("d"), Is.EqualTo(dates.Cast<object?>()));
        });
    }

    private static T[] Values<T>(int count, Func<T> next)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++) values[i] = next();
        return values;
    }

    /// <summary>A word with all that is awkward in it, except blanks around it, which are removed; never a missing marker.</summary>
    private static string Word(SeededRandom random, string awkward)
    {
        if (random.Next(2) == 0) return $"w{random.Next(20)}";
        var alphabet = $"abcäß漢😀 \n//#{awkward}";
        var word = new StringBuilder("w");
        for (var i = random.Next(random.Next(50) == 0 ? 2000 : 12); i > 0; i--)
        {
            var at = random.Next(alphabet.Length);
            if (!char.IsSurrogate(alphabet[at])) word.Append(alphabet[at]);
        }

        return word.Append('.').ToString();
    }

    private sealed class Listener(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }

    private sealed class Canceller(CancellationTokenSource cancellation) : IProgress<double>
    {
        public void Report(double value) => cancellation.Cancel();
    }
}
