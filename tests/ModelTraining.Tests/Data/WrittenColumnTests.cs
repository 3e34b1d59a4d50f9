using System.Text;

namespace ModelTraining.Tests.Data;

internal sealed class WrittenColumnTests
{
    private static WrittenColumn Column(IEnumerable<string> values, CsvOptions? options = null)
    {
        var column = new WrittenColumn(new MissingMarkers(options ?? new CsvOptions()));
        foreach (var value in values) column.Append(Encoding.UTF8.GetBytes(value));
        return column;
    }

    private static List<string> Texts(WrittenColumn column)
    {
        var texts = new List<string>();
        foreach (var code in CodeListTests.All(column.Codes)) texts.Add(code < 0 ? "" : Encoding.UTF8.GetString(column.Distinct(code)));
        for (var rest = new RawColumn.Enumerator(column.Rest); rest.MoveNext();) texts.Add(Encoding.UTF8.GetString(rest.Current));
        return texts;
    }

    [Test]
    public void Append_values_that_recur_are_kept_once()
    {
        // Of every length up to two words of the hash, and alike but for one byte.
        string[] distinct = [.. Enumerable.Range(1, 20).SelectMany(length => new[] { new string('a', length), "b" + new string('a', length), new string('a', length) + "b" }).Distinct()];
        var values = Enumerable.Range(0, 10).SelectMany(_ => distinct).ToList();
        var column = Column(values);
        Assert.Multiple(() =>
        {
            Assert.That(column.IsCoded);
            Assert.That(column.DistinctCount, Is.EqualTo(distinct.Length));
            Assert.That(Texts(column), Is.EqualTo(values));
        });
    }

    [Test]
    public void Append_values_that_hardly_recur_go_on_without_codes()
    {
        var values = Enumerable.Range(0, 100_000).Select(i => i % 1000 == 3 ? new string('x', i) : i % 5 == 0 ? "" : $"v{i}").ToList();
        var column = Column(values);
        Assert.Multiple(() =>
        {
            Assert.That(column.IsCoded, Is.False);
            Assert.That(column.Count, Is.EqualTo(values.Count));
            Assert.That(column.DistinctCount, Is.LessThan(5000));
            Assert.That(Texts(column), Is.EqualTo(values));
        });
    }

    [Test]
    public void Append_markers_are_missing_with_and_without_codes()
    {
        var values = Enumerable.Range(0, 10_000).Select(i => i % 2 == 0 ? "gone" : $"{i}").ToList();
        var column = Column(values, new CsvOptions { MissingMarkers = ["gone"] });
        Assert.That(Texts(column), Is.EqualTo(values.Select(value => value == "gone" ? "" : value)));
    }

    [Test]
    public void Groups_are_all_values_with_the_number_of_their_rows()
    {
        var values = Enumerable.Range(0, 10_000).Select(i => i < 1000 ? $"{i % 10}" : i % 7 == 0 ? "" : $"v{i}").ToList();
        var groups = new List<(string Value, int Rows, int FirstRow)>();
        foreach (var group in Column(values).Groups()) groups.Add((Encoding.UTF8.GetString(group.Value), group.Rows, group.FirstRow));
        Assert.Multiple(() =>
        {
            Assert.That(groups.Sum(group => group.Rows), Is.EqualTo(values.Count(value => value.Length > 0)));
            Assert.That(groups[3], Is.EqualTo(("3", 100, 3)));
            Assert.That(groups, Is.All.Matches<(string Value, int Rows, int FirstRow)>(group => values[group.FirstRow] == group.Value));
        });
    }
}
