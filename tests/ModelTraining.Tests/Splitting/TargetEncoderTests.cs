using System.Globalization;

namespace ModelTraining.Tests;

public class TargetEncoderTests
{
    private readonly List<string> _warnings = [];

    [SetUp]
    public void ForgetWarnings() => _warnings.Clear();

    [Test]
    public void Encode_text_sorts_the_classes_that_occur_by_code_point()
    {
        var all = TextColumn.From("y", ["b", "gone", "a", "B", "ä", "a"]);
        var target = Encode(all.Take([0, 2, 3, 4, 5]));
        Assert.That(target.Classes, Is.EqualTo(new[] { "B", "a", "b", "ä" }));
        Assert.That(target.Values.ToArray(), Is.EqualTo(new float[] { 2, 1, 0, 3, 1 }));
        Assert.That(target.Task, Is.EqualTo(LearningTask.MulticlassClassification));
        Assert.That(target.Column, Is.EqualTo("y"));
    }

    [Test]
    public void Encode_text_of_two_values_has_the_later_one_positive()
    {
        var target = Encode(TextColumn.From("y", ["malignant", "benign", "benign"]));
        Assert.That(target.Task, Is.EqualTo(LearningTask.BinaryClassification));
        Assert.That(target.Classes, Is.EqualTo(new[] { "benign", "malignant" }));
        Assert.That(target.Values.ToArray(), Is.EqualTo(new float[] { 1, 0, 0 }));
    }

    [Test]
    public void Encode_booleans_are_false_and_true()
    {
        var target = Encode(new BooleanColumn("y", new byte[] { 1, 0, 1 }));
        Assert.That(target.Task, Is.EqualTo(LearningTask.BinaryClassification));
        Assert.That(target.Classes, Is.EqualTo(new[] { "false", "true" }));
        Assert.That(target.Values.ToArray(), Is.EqualTo(new float[] { 1, 0, 1 }));
    }

    [TestCase(new long[] { 0, 1, 1 }, new[] { "0", "1" })]
    [TestCase(new long[] { 1, -1, 1 }, new[] { "-1", "1" })]
    [TestCase(new long[] { 2, 1, 2, 2, 1 }, new[] { "1", "2" })]
    [TestCase(new long[] { 4_000_000_000_000_000_001, 4_000_000_000_000_000_002 }, new[] { "4000000000000000001", "4000000000000000002" })]
    public void Encode_two_whole_numbers_are_two_classes(long[] values, string[] classes)
    {
        var target = Encode(new IntegerColumn("y", values));
        Assert.That(target.Task, Is.EqualTo(LearningTask.BinaryClassification));
        Assert.That(target.Classes, Is.EqualTo(classes));
        Assert.That(target.Values.ToArray(), Is.EqualTo(values.Select(value => value == values.Min() ? 0f : 1f)));
        Assert.That(_warnings, Is.Empty);
    }

    [TestCase(20, 5, LearningTask.MulticlassClassification)]
    [TestCase(21, 5, LearningTask.Regression)]
    [TestCase(20, 4, LearningTask.Regression)]
    [TestCase(3, 5, LearningTask.MulticlassClassification)]
    [TestCase(3, 4, LearningTask.Regression)]
    public void Encode_whole_numbers_are_classes_when_few_with_rows_enough(int distinct, int rowsEach, LearningTask expected)
    {
        var values = Enumerable.Range(0, distinct * rowsEach).Select(row => (long)(row % distinct) - 2).ToArray();
        var target = Encode(new IntegerColumn("y", values));
        Assert.That(target.Task, Is.EqualTo(expected));
        if (expected == LearningTask.Regression)
        {
            Assert.That(target.Classes, Is.Empty);
            Assert.That(target.Values.ToArray(), Is.EqualTo(values.Select(value => (float)value)));
            Assert.That(_warnings, Is.Empty);
        }
        else
        {
            Assert.That(target.Classes, Is.EqualTo(Enumerable.Range(-2, distinct).Select(value => value.ToString(CultureInfo.InvariantCulture))), "sorted by size");
            Assert.That(target.Values.ToArray(), Is.EqualTo(values.Select(value => (float)value + 2)));
            Assert.That(_warnings.Single(), Does.Contain("'y'").And.Contain("LearningTask.Regression"));
        }
    }

    [TestCase(new float[] { 0, 1, 0 }, LearningTask.BinaryClassification)]
    [TestCase(new float[] { 0, 0.5f, 0 }, LearningTask.Regression)]
    [TestCase(new float[] { 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3 }, LearningTask.Regression)]
    [TestCase(new float[] { 0.5f, 1, 1.5f, 2 }, LearningTask.Regression)]
    public void Encode_floats_are_classes_only_when_two_and_whole(float[] values, LearningTask expected)
    {
        var target = Encode(new NumberColumn("y", values));
        Assert.That(target.Task, Is.EqualTo(expected));
        if (expected == LearningTask.BinaryClassification) Assert.That(target.Classes, Is.EqualTo(new[] { "0", "1" }));
    }

    // Path, separator, column (from the end when negative) and what it should be: labels as people have them.
    [TestCase("tabular/abalone.csv", ',', -1, LearningTask.Regression, 0)]
    [TestCase("tabular/winequality-red.csv", ',', -1, LearningTask.MulticlassClassification, 6)]
    [TestCase("tabular/winequality-white.csv", ',', -1, LearningTask.MulticlassClassification, 7)]
    [TestCase("tabular/heart-disease-uci.csv", ',', -1, LearningTask.MulticlassClassification, 5)]
    [TestCase("tabular/horse-colic.csv", ',', 23, LearningTask.BinaryClassification, 2)]
    [TestCase("tabular/digits.csv", ',', -1, LearningTask.MulticlassClassification, 10)]
    [TestCase("tabular/iris.txt", '\t', 0, LearningTask.MulticlassClassification, 3)]
    [TestCase("tabular/linnerud.csv", ',', 0, LearningTask.Regression, 0)]
    [TestCase("tabular/diabetes.csv", ',', -1, LearningTask.Regression, 0)]
    [TestCase("tabular/adult.csv", ',', -1, LearningTask.BinaryClassification, 2)]
    [TestCase("tabular/credit-approval.csv", ',', -1, LearningTask.BinaryClassification, 2)]
    [TestCase("tabular/wine.csv", ',', -1, LearningTask.MulticlassClassification, 3)]
    [TestCase("tabular/california-housing.csv", ',', 8, LearningTask.Regression, 0)]
    [TestCase("recommendation/movielens-small-ratings-train.csv", ',', 2, LearningTask.Regression, 0)]
    public void Encode_label_of_real_data_is_what_people_mean(string path, char separator, int column, LearningTask task, int classes)
    {
        var lines = File.ReadLines(TestData.Shared(path)).Skip(1).Select(line => line.Split(separator)).Where(fields => fields.Length > 1);
        var target = Encode(Parse(lines.Select(fields => (column < 0 ? fields[^-column] : fields[column]).Trim())));
        Assert.That(target.Task, Is.EqualTo(task));
        Assert.That(target.Classes, Has.Count.EqualTo(classes));
    }

    [Test]
    public void Encode_asked_for_regression_keeps_the_numbers()
    {
        var target = Encode(new IntegerColumn("y", new long[] { 0, 1, 1 }), LearningTask.Regression);
        Assert.That(target.Task, Is.EqualTo(LearningTask.Regression));
        Assert.That(target.Values.ToArray(), Is.EqualTo(new float[] { 0, 1, 1 }));
        Assert.That(Encode(new BooleanColumn("y", new byte[] { 0, 1 }), LearningTask.Regression).Values.ToArray(), Is.EqualTo(new float[] { 0, 1 }));
    }

    [Test]
    public void Encode_asked_for_classes_makes_them_of_any_numbers()
    {
        var target = Encode(new NumberColumn("y", new float[] { 2.5f, 10, -1, 10 }), LearningTask.MulticlassClassification);
        Assert.That(target.Classes, Is.EqualTo(new[] { "-1", "2.5", "10" }));
        Assert.That(target.Values.ToArray(), Is.EqualTo(new float[] { 1, 2, 0, 2 }));
        Assert.That(_warnings, Is.Empty);
    }

    private static IEnumerable<TestCaseData> Wrong
    {
        get
        {
            yield return Case("no_label", null, "MT2320", "for example label: 'x'");
            yield return Case("no_rows", TextColumn.From("y", []), "MT2326", "'y'");
            yield return Case("missing", TextColumn.From("y", ["a", null, "b", null]), "MT2321", "missing in 2 of 4 rows, first in row 2");
            yield return Case("missing_number", new NumberColumn("y", new[] { 1, float.NaN }), "MT2321", "missing in 1 of 2 rows, first in row 2");
            yield return Case("one_text", TextColumn.From("y", ["a", "a"]), "MT2322", "'y' is 'a' in all 2 rows");
            yield return Case("one_integer", new IntegerColumn("y", new long[] { 3, 3 }), "MT2322", "'3'");
            yield return Case("one_number", new NumberColumn("y", new[] { 1.5f, 1.5f }), "MT2322", "'1.5'");
            yield return Case("one_boolean", new BooleanColumn("y", new byte[] { 1, 1 }), "MT2322", "'True'");
            yield return Case("names", Texts(30, i => $"name{i}"), "MT2323", "30 different values in 30 rows ('name0', 'name1', ");
            yield return Case("numbers_as_text", Texts(30, i => $"{i},5 €"), "MT2323", "numbers written as text");
            yield return Case("over_1000_texts", Texts(5000, i => $"k{i % 1001}"), "MT2323", "it looks like a name or an id");
            yield return Case("over_1000_numbers", new IntegerColumn("y", Enumerable.Range(0, 5000).Select(i => (long)i).ToArray()), "MT2323", "LearningTask.Regression", LearningTask.MulticlassClassification);
            yield return Case("three_for_two", TextColumn.From("y", ["a", "b", "c"]), "MT2324", "has 3 classes ('a', 'b', 'c'). Say WithTask(LearningTask.MulticlassClassification)", LearningTask.BinaryClassification);
            yield return Case("two_for_more", new IntegerColumn("y", new long[] { 0, 1 }), "MT2324", "has 2 classes ('0', '1'). Say WithTask(LearningTask.BinaryClassification)", LearningTask.MulticlassClassification);
            yield return Case("text_for_numbers", TextColumn.From("y", ["a", "b"]), "MT2324", "is text ('a', 'b')", LearningTask.Regression);
            yield return Case("dates", new DateTimeColumn("y", new[] { new DateTime(2020, 1, 1), new DateTime(2021, 1, 1) }), "MT2325", "DateTime");
            yield return Case("infinite", new NumberColumn("y", new[] { 1, 2, float.NegativeInfinity }), "MT2327", "in row 3");

            static TextColumn Texts(int rows, Func<int, string> text) => TextColumn.From("y", [.. Enumerable.Range(0, rows).Select(text)]);
            static TestCaseData Case(string name, Column? label, string id, string message, LearningTask? task = null) => new TestCaseData(label, id, message, task).SetArgDisplayNames(name);
        }
    }

    [TestCaseSource(nameof(Wrong))]
    public void Encode_label_that_cannot_be_learned_says_why(Column? label, string id, string message, LearningTask? task)
    {
        var error = Assert.Throws<ModelTrainingException>(() => Encode(label, task))!;
        Assert.That(error.Id, Is.EqualTo(id));
        Assert.That(error.Message, Does.Contain(message));
    }

    [Test]
    public void Encode_missing_label_names_the_row_of_the_source()
    {
        var table = new Table([TextColumn.From("y", ["a", "b", "c", null])], new Dictionary<string, ColumnRole> { ["y"] = ColumnRole.Label }).Take([2, 3]);
        var error = Assert.Throws<ModelTrainingException>(() => new TargetEncoder().Encode(table, _warnings.Add))!;
        Assert.That(error.Message, Does.Contain("first in row 4"));
    }

    [Test]
    public void Encode_few_texts_may_all_differ() => Assert.That(Encode(TextColumn.From("y", ["a", "b", "c", "d"])).Classes, Has.Count.EqualTo(4));

    private Target Encode(Column? label, LearningTask? task = null)
    {
        var feature = new NumberColumn("x", new float[label?.Count ?? 1]);
        var table = new Table(label is null ? [feature] : [label, feature]);
        return new TargetEncoder(task).Encode(label is null ? table : table.WithRole(label.Name, ColumnRole.Label), _warnings.Add);
    }

    private static Column Parse(IEnumerable<string> values)
    {
        var texts = values.ToList();
        if (texts.All(text => TextFormat.TryParseInteger(text, out _))) return new IntegerColumn("y", texts.Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray());
        if (texts.All(text => TextFormat.Invariant.TryParseNumber(text, out _))) return new NumberColumn("y", texts.Select(text => float.Parse(text, CultureInfo.InvariantCulture)).ToArray());
        return TextColumn.From("y", texts);
    }
}
