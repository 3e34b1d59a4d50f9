using ModelTraining.Onnx;
using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Explaining;

internal sealed class FeatureOriginsTests
{
    [Test]
    public async Task Of_chain_namesTheColumnsOfEachFeature()
    {
        var run = await Given.ShopPipeline().Use(new Product("age", "spent")).Train(Linear.Logistic()).RunAsync();
        var origins = run.FeaturesOrNull!.Features.Zip(run.FeaturesOrNull.Origins).ToDictionary(pair => pair.First.Name, pair => string.Join("+", pair.Second.Order()));
        Assert.Multiple(() =>
        {
            Assert.That(origins["age"], Is.EqualTo("age"));
            Assert.That(origins["age × spent"], Is.EqualTo("age+spent"));
            Assert.That(origins.Where(pair => pair.Value == "plan").Select(pair => pair.Key), Has.Exactly(3).StartsWith("plan"));
            Assert.That(origins.Where(pair => pair.Value == "since"), Is.Not.Empty);
            Assert.That(run.ExplainRows(run.Table.Take([0])).ByColumn().Features, Does.Contain("age × spent").And.Contains("age"));
        });
    }

    private sealed class Product(string left, string right) : ITransform, IFittedTransform
    {
        private string Made => $"{left} × {right}";

        public string Name => "Product";

        public string Description => Made;

        public IFittedTransform Fit(TableView training, FitContext context) => this;

        public Table Apply(Table table)
        {
            var (a, b) = (new float[table.RowCount], new float[table.RowCount]);
            table[left].CopyTo(a);
            table[right].CopyTo(b);
            return table.With(new NumberColumn(Made, a.Zip(b, (x, y) => x * y).ToArray()));
        }

        public void Emit(GraphColumns columns) => columns[Made] = columns[left] * columns[right];
    }
}
