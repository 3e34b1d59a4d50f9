using System.Text;

namespace ModelTraining.Tests.Data.Spilling;

internal sealed class SpillStoreTests
{
    private TemporaryFolder _folder = null!;
    private SpillStore _store = null!;

    [SetUp]
    public void MakeStore()
    {
        _folder = new TemporaryFolder();
        _store = new SpillStore(_folder.Path, _ => { });
    }

    [TearDown]
    public void DisposeStore()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void Begin_more_than_the_disk_holds_is_an_error_before_anything_is_written()
    {
        Assert.That(() => _store.Begin(1e18), Throws.InstanceOf<ModelTrainingException>().With.Message.Matches(@"MT2125: Columns of about 931322574\.62 GiB are to be spilled to '.*', and [0-9.]+ GiB are free there\. Make room"));
        Assert.That(_store.IsOn, Is.False);
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public void Write_where_there_is_no_room_is_an_error()
    {
        using var file = new SpillFile(_folder.Path);
        Assert.That(() => file.Write([1], long.MaxValue / 2), Throws.InstanceOf<ModelTrainingException>().With.Message.Contains("MT2125: Columns could not be spilled to"));
    }

    [Test]
    public void Keep_large_columns_of_each_type_come_back_and_small_ones_stay()
    {
        const int rows = 70_000;
        var numbers = Enumerable.Range(0, rows).ToArray();
        Column[] columns =
        [
            new NumberColumn("number", numbers.Select(i => i % 7 == 0 ? float.NaN : i).ToArray()),
            new IntegerColumn("integer", numbers.Select(i => (long)i << 33).ToArray()),
            new BooleanColumn("boolean", numbers.Select(i => (byte)(i % 3 == 2 ? BooleanColumn.Missing : i % 3)).ToArray()),
            new DateTimeColumn("date", numbers.Select(i => DateTime.UnixEpoch.AddHours(i)).ToArray()),
            TextColumn.From("text", [.. numbers.Select(i => i % 11 == 0 ? null : $"{i % 11}")]),
            new TensorColumn("tensor", numbers.SelectMany(i => new float[] { i, -i }).ToArray(), 2),
        ];
        _store.Begin(0);
        var table = new Table(columns).KeptIn(_store);
        var rowsTaken = numbers.Where(i => i % 2 == 1).ToArray();
        var taken = table.Take(rowsTaken);
        Assert.Multiple(() =>
        {
            foreach (var column in columns)
            {
                Assert.That(table[column.Name], Is.Not.SameAs(column), column.Name);
                Assert.That(table[column.Name].MissingCount, Is.EqualTo(column.MissingCount), column.Name);
                foreach (var row in new[] { 0, 1, 16_383, 16_384, rows - 1 }) Assert.That(table[column.Name][row], Is.EqualTo(column[row]), column.Name);
                Assert.That(taken[column.Name][rowsTaken.Length - 1], Is.EqualTo(column[rows - 1]), column.Name);
                Assert.That(table.With(table[column.Name])[column.Name], Is.SameAs(table[column.Name]), "it is kept once");
            }

            var small = new NumberColumn("small", new float[8]);
            Assert.That(new Table([small]).KeptIn(_store)["small"], Is.SameAs(small));
        });
    }

    [Test]
    public void Append_written_values_come_back_from_the_file_and_rows_can_be_dropped([Values(3, 100_000)] int distinct)
    {
        var column = new WrittenColumn(new MissingMarkers(new CsvOptions()), _store);
        string Value(int row) => row == 1_000 ? new string('x', 100_000) : row % 13 == 0 ? "" : $"value {row % distinct}";
        for (var row = 0; row < 150_000; row++)
        {
            if (row == 70_000) _store.Begin(0); // what was there before stays where it is
            column.Append(Encoding.UTF8.GetBytes(Value(row)));
        }

        int[] rows = [.. Enumerable.Range(0, 150_000).Where(row => row % 3 == 1)];
        Assert.That(Texts(column), Is.EqualTo(Enumerable.Range(0, 150_000).Select(Value)));
        column.Keep(rows);
        Assert.That(Texts(column), Is.EqualTo(rows.Select(Value)));
    }

    [Test]
    public void ValueList_values_come_back_from_the_file_and_rows_can_be_dropped([Values(1, 3)] int width)
    {
        var list = new ValueList<float>();
        for (var i = 0; i < 300_000; i++)
        {
            if (i == 70_000) _store.Begin(0);
            list.Add(i, _store);
        }

        Assert.That(list.ToMemory(null).ToArray(), Is.EqualTo(Enumerable.Range(0, 300_000)));
        list.Keep([.. Enumerable.Range(0, 300_000 / width).Where(row => row % 2 == 1)], _store, width);
        Assert.That(list.ToMemory(_store).ToArray(), Is.EqualTo(Enumerable.Range(0, 300_000).Where(i => i / width % 2 == 1)));
        list.Map(value => -value, _store);
        Assert.That(list.ToMemory(null).ToArray(), Is.EqualTo(Enumerable.Range(0, 300_000).Where(i => i / width % 2 == 1).Select(i => -i)));
    }

    private static List<string> Texts(WrittenColumn column)
    {
        var texts = CodeListTests.All(column.Codes).Select(code => code < 0 ? "" : Encoding.UTF8.GetString(column.Distinct(code))).ToList();
        for (var rest = new RawColumn.Enumerator(column.Rest); rest.MoveNext();) texts.Add(Encoding.UTF8.GetString(rest.Current));
        return texts;
    }
}
