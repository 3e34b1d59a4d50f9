namespace ModelTraining.Tests.GradientBoosting;

public class CategoryTests
{
    [Test]
    public void One_split_tells_many_categories_apart()
    {
        // Which of 60 categories are positive follows no order: numbers or one-hot columns would need dozens of splits.
        var random = new SeededRandom(1);
        var positive = Enumerable.Range(0, 60).Select(_ => random.Next(2)).ToArray();
        var column = Enumerable.Range(0, 6000).Select(_ => (float)random.Next(60)).ToArray();
        var target = column.Select(category => (float)positive[(int)category]).ToArray();
        double Accuracy(FeatureInfo feature)
        {
            var sample = Sample.Of([feature], [column], LearningTask.BinaryClassification, target, 2);
            return Score.Accuracy(sample, sample.Predict(sample.Train(o => o with { Trees = 1, Leaves = 2, LearningRate = 1 })), sample.AllRows);
        }

        Assert.That(Accuracy(new FeatureInfo("c", FeatureKind.Category, 60)), Is.EqualTo(1));
        Assert.That(Accuracy(new FeatureInfo("c")), Is.LessThan(0.75));
    }

    [Test]
    public void Rare_categories_are_not_learned_by_heart()
    {
        // 250 categories of eight rows each and a target of pure chance.
        var random = new SeededRandom(1);
        var column = Enumerable.Range(0, 2000).Select(row => (float)(row % 250)).ToArray();
        var target = Enumerable.Range(0, 2000).Select(_ => (float)random.Next(2)).ToArray();
        var sample = Sample.Of([new FeatureInfo("c", FeatureKind.Category, 250)], [column], LearningTask.BinaryClassification, target, 2);
        Assert.That(sample.Train().Importances.Single().Splits, Is.Zero);
        var lax = sample.Train(o => o with { MinRowsPerCategory = 1, CategorySmoothing = 0, CategoryL2 = 0 });
        Assert.That(lax.Importances.Single().Splits, Is.GreaterThan(100), "the options are what holds it back");
    }

    [Test]
    public void Smoothing_keeps_a_small_category_from_coming_first()
    {
        // Category 0 is small and all of one class by chance; 1 to 9 are large and their differences are real.
        var random = new SeededRandom(3);
        var column = Enumerable.Range(0, 5000).Select(row => row < 12 ? 0f : 1 + random.Next(9)).ToArray();
        var target = column.Select(category => category == 0 ? 1f : random.NextDouble() < (category > 4 ? 0.8 : 0.2) ? 1 : 0).ToArray();
        var sample = Sample.Of([new FeatureInfo("c", FeatureKind.Category, 10)], [column], LearningTask.BinaryClassification, target, 2);
        var set = sample.Train(o => o with { Trees = 1, Leaves = 2 }).Trees.Single().Categories[0]!.Value;
        Assert.That(Enumerable.Range(0, 10).Where(category => set.Contains(category)), Is.EqualTo(new[] { 5, 6, 7, 8, 9 }).Or.EqualTo(new[] { 1, 2, 3, 4 }).Or.EqualTo(new[] { 0, 5, 6, 7, 8, 9 }));
    }

    [TestCase(3)]
    [TestCase(12)]
    public void Missing_categories_go_where_they_belong(int cardinality)
    {
        foreach (var like in new[] { 0f, 1f })
        {
            var random = new SeededRandom(5);
            var column = Enumerable.Range(0, 3000).Select(_ => random.Next(5) == 0 ? float.NaN : random.Next(cardinality)).ToArray();
            var target = column.Select(category => float.IsNaN(category) ? like : category % 2).ToArray();
            var sample = Sample.Of([new FeatureInfo("c", FeatureKind.Category, cardinality)], [column], LearningTask.BinaryClassification, target, 2);
            var model = sample.Train(o => o with { Trees = 1, Leaves = 2, LearningRate = 1 });
            Assert.That(Score.Accuracy(sample, sample.Predict(model), sample.AllRows), Is.EqualTo(1), $"missing like {like}");
        }
    }

    [Test]
    public void No_more_than_32_categories_are_named_by_a_split()
    {
        var random = new SeededRandom(1);
        var column = Enumerable.Range(0, 20_000).Select(_ => (float)random.Next(254)).ToArray();
        var target = column.Select(category => (float)Math.Sin(category)).ToArray();
        var model = Sample.Of([new FeatureInfo("c", FeatureKind.Category, 254)], [column], LearningTask.Regression, target).Train(o => o with { Trees = 3 });
        Assert.That(model.Trees.SelectMany(tree => tree.Categories).Select(set => set!.Value.Count()), Is.All.InRange(1, 32));
    }
}
