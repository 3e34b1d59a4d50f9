namespace ModelTraining.Tests.Ensembles;

public class ImportanceTests
{
    [Test]
    public void Importances_are_shares_of_gain_most_first()
    {
        var random = new SeededRandom(1);
        var columns = Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 1000).Select(_ => (float)random.NextNormal()).ToArray()).ToArray();
        var target = Enumerable.Range(0, 1000).Select(row => (3 * columns[2][row]) + columns[0][row]).ToArray();
        columns[3] = new float[1000];
        var model = Sample.Regression(columns, target).Train(o => o with { Trees = 20 });
        Assert.That(model.Importances.Select(importance => importance.Feature), Is.EqualTo(new[] { "x2", "x0", "x1", "x3" }));
        Assert.That(model.Importances.Sum(importance => importance.Gain), Is.EqualTo(1).Within(1e-9));
        Assert.That(model.Importances[0].Gain, Is.GreaterThan(0.7));
        Assert.That(model.Importances[3], Is.EqualTo(new FeatureImportance("x3", 0, 0)), "a constant");
        Assert.That(model.Importances.Sum(importance => importance.Splits), Is.EqualTo(model.Trees.Sum(tree => tree.Features.Length)));
    }
}
