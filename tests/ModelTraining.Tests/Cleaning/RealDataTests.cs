using ModelTraining.Onnx;
using ModelTraining.Tests.Conformance;

namespace ModelTraining.Tests.Cleaning;

/// <summary>Real files, from the reader to the features, with default options: what is found in them, and that the graph does the same.</summary>
public class RealDataTests
{
    [TestCase("titanic.csv", "survived", "alive")]
    [TestCase("credit-approval.csv", "A16")]
    [TestCase("horse-colic.csv", "column23")]
    [TestCase("telco-churn.csv", "Churn")]
    [TestCase("heart-disease-uci.csv", "num")]
    [TestCase("penguins.csv", "species")]
    [TestCase("breast-cancer-wdbc.csv", "label")]
    [TestCase("iris.csv", "label")]
    [TestCase("mammography.csv", "column6")]
    [TestCase("abalone.csv", "column8")]
    [TestCase("bike-sharing-hour-test.csv", "cnt", "registered")]
    public async Task Run_real_file_is_cleaned_and_the_graph_does_the_same(string file, string label, params string[] leaks)
    {
        var raw = await Csv.File(TestData.Shared("tabular/" + file), label).ReadAsync(new SourceContext(), CancellationToken.None);
        foreach (var needs in new[] { Cleaned.Trees, Cleaned.Linear })
        {
            var cleaned = new Cleaned(raw);
            var target = new TargetEncoder().Encode(cleaned.Table, _ => { });
            var split = new Splitter(new SplitOptions()).Split(target, cleaned.Table.RowCount, new SeededRandom(1), _ => { });
            var fit = cleaned.Fit(target, needs, split.TrainingRows.ToArray());
            TestContext.Out.WriteLine(cleaned.Report);
            TestContext.Out.WriteLine(string.Join(Environment.NewLine, fit.Fitted.Descriptions));
            Assert.That(cleaned.Counts(CleanStep.Leak).Keys, Is.EquivalentTo(leaks));

            var test = cleaned.Table.Take(split.TestRows.Span);
            var graph = new Graph();
            graph.Output("features", fit.Fitted.Emit(GraphRun.Inputs(graph, test)));
            var emitted = (float[])GraphRun.Run(graph, test)["features"];
            var count = fit.Features.Count;
            for (var feature = 0; feature < count; feature++)
            {
                var expected = split.TestRows.ToArray().Select(row => fit.Features.Column(feature)[row]).ToArray();
                Assert.That(Enumerable.Range(0, test.RowCount).Select(row => emitted[row * count + feature]).ToArray(), Is.EqualTo(expected), fit.Features.Features[feature].Name);
            }

            if (!needs.HandlesMissing) Assert.That(emitted, Has.None.NaN);
        }
    }

    [Test]
    public async Task Run_adult_text_with_blanks_is_understood_by_the_graph()
    {
        var raw = await Csv.File(TestData.Shared("tabular/adult.csv"), "label(IsOver50K)").ReadAsync(new SourceContext(), CancellationToken.None);
        var cleaned = new Cleaned(raw);
        var target = new TargetEncoder().Encode(cleaned.Table, _ => { });
        var fit = cleaned.Fit(target);
        Assert.That(cleaned.Counts(CleanStep.Duplicate)[""], Is.EqualTo(24));
        Assert.That(cleaned.Counts(CleanStep.Leak), Is.Empty);
        Assert.That(cleaned.Counts(CleanStep.UselessColumn), Is.Empty);
        Assert.That(fit.Features.Features.Count(feature => feature.Kind == FeatureKind.Category), Is.EqualTo(8));
    }

    [Test]
    public async Task Run_titanic_report_counts_what_is_known_of_the_file()
    {
        var raw = await Csv.File(TestData.Shared("tabular/titanic.csv"), "survived").ReadAsync(new SourceContext(), CancellationToken.None);
        var cleaned = new Cleaned(raw, new CleanOptions { Duplicates = DuplicateRows.Report });
        cleaned.Fit(new TargetEncoder().Encode(cleaned.Table, _ => { }));
        Assert.That(cleaned.Counts(CleanStep.Duplicate)[""], Is.EqualTo(107));
        Assert.That(cleaned.Counts(CleanStep.Missing), Is.EqualTo(new Dictionary<string, int> { ["age"] = 177, ["embarked"] = 2, ["deck"] = 688, ["embark_town"] = 2 }));
        Assert.That(cleaned.Counts(CleanStep.Format)["alive"], Is.EqualTo(891));
    }
}
