using System.Text.Json;

namespace ModelTraining.Tests.Comparison;

/// <summary>Beside SciPy, and DeLong's covariances by their definition: tests/Data/comparison, made by make.py there.</summary>
internal sealed class ComparisonReferenceTests
{
    private static readonly JsonElement Root = Read();

    [Test]
    public void DeLong_equals_its_definition()
    {
        var test = DeLongTest.Compare(Binary("a"), Binary("b"));
        Assert.That(test.Statistic, Is.EqualTo(Root.GetProperty("delong").GetProperty("z").GetDouble()).Within(1e-9));
        Assert.That(test.PValue, Is.EqualTo(Root.GetProperty("delong").GetProperty("p").GetDouble()).Within(1e-12));
    }

    [Test]
    public void DeLong_same_model_or_one_class_finds_nothing()
    {
        Assert.That(DeLongTest.Compare(Binary("a"), Binary("a")).PValue, Is.EqualTo(1));
        var one = new EvaluatedRows([1, 1], [0.2f, 0.8f, 0.3f, 0.7f], [], 2);
        Assert.That(DeLongTest.Compare(one, one with { Outputs = [0.4f, 0.6f, 0.1f, 0.9f] }).PValue, Is.NaN);
    }

    [Test]
    public void McNemar_equals_scipy()
    {
        foreach (var row in Root.GetProperty("mcnemar").EnumerateArray())
        {
            var (only, other, p) = (row[0].GetInt32(), row[1].GetInt32(), row[2].GetDouble());
            Assert.That(McNemarTest.Test(only, other).PValue, Is.EqualTo(p).Within(1e-10), $"{only}, {other}");
        }
    }

    [Test]
    public void McNemar_counts_rows_that_one_alone_has_right()
    {
        var a = new EvaluatedRows([0, 1, 1, 0], [0.9f, 0.1f, 0.2f, 0.8f, 0.3f, 0.7f, 0.4f, 0.6f], [], 2);
        var b = a with { Outputs = [0.9f, 0.1f, 0.8f, 0.2f, 0.8f, 0.2f, 0.6f, 0.4f] };
        Assert.That(McNemarTest.Compare(a, b).Detail, Does.StartWith("2 rows right by the first alone, 1 by"));
        Assert.That(McNemarTest.Compare(a with { Threshold = 0.75f }, b).Detail, Does.StartWith("1 row right by the first alone, 0 by"), "the threshold decides");
    }

    [Test]
    public void Student_and_Wilcoxon_equal_scipy()
    {
        var (first, second) = (Regression("first"), Regression("second"));
        var student = PairedErrorTests.Student(first, second);
        Assert.That(student.Statistic, Is.EqualTo(Root.GetProperty("t")[0].GetDouble()).Within(1e-9));
        Assert.That(student.PValue, Is.EqualTo(Root.GetProperty("t")[1].GetDouble()).Within(1e-10));
        Assert.That(PairedErrorTests.Wilcoxon(first, second).PValue, Is.EqualTo(Root.GetProperty("wilcoxon").GetDouble()).Within(1e-9));
    }

    [Test]
    public void Student_and_Wilcoxon_same_model_find_nothing()
    {
        Assert.That(PairedErrorTests.Student(Regression("first"), Regression("first")).PValue, Is.EqualTo(1));
        Assert.That(PairedErrorTests.Wilcoxon(Regression("first"), Regression("first")).PValue, Is.EqualTo(1));
    }

    [Test]
    public void Distributions_equal_scipy()
    {
        foreach (var row in Root.GetProperty("normal").EnumerateArray()) AssertClose(Distributions.NormalTwoSided(row[0].GetDouble()), row[1].GetDouble());
        foreach (var row in Root.GetProperty("student").EnumerateArray()) AssertClose(Distributions.StudentTwoSided(row[0].GetDouble(), row[1].GetDouble()), row[2].GetDouble());
    }

    private static void AssertClose(double actual, double expected) => Assert.That(actual, Is.EqualTo(expected).Within(1e-9 * Math.Max(expected, 1e-200)));

    private static EvaluatedRows Binary(string name) => new(Floats("y"), [.. Floats(name).SelectMany(score => new[] { 1 - score, score })], [], 2);

    private static EvaluatedRows Regression(string name) => new(Floats("truth"), Floats(name), [], 0);

    private static float[] Floats(string name) => [.. Root.GetProperty(name).EnumerateArray().Select(number => number.GetSingle())];

    private static JsonElement Read()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(TestData.Shipped("comparison/comparison.json")));
        return json.RootElement.Clone();
    }
}
