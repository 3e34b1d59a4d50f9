namespace ModelTraining.Tests.Features;

public class TargetEncodingTests
{
    private static readonly string?[] Colours = ["red", "red", "blue", "blue", "blue", null, "green", "red", "unseen"];
    private static readonly float[] Prices = [1, 3, 10, 20, 30, 7, 5, 8, 1000];

    private static (IFittedTransform Fitted, Table Table) Fit(Target target, double smoothing = 2, int folds = 4)
    {
        var table = new Table([TextColumn.From("colour", Colours)]);
        var training = Enumerable.Range(0, 8).ToArray();
        var subset = new Target(target.Column, target.Task, target.Values[..8].ToArray(), target.Classes);
        return (new TargetEncoding(["colour"], smoothing, folds).Fit(table.View(training), new FitContext { Target = subset }), table);
    }

    private static float[] Values(Table table, string column = "colour") => ((NumberColumn)table[column]).Values.ToArray();

    [Test]
    public void Apply_gives_the_smoothed_mean_of_the_category()
    {
        var (fitted, table) = Fit(new Target("price", LearningTask.Regression, Prices, []));
        const double prior = 84 / 8.0;
        var red = (float)((12 + 2 * prior) / 5);
        var blue = (float)((60 + 2 * prior) / 5);
        Assert.That(Values(fitted.Apply(table)), Is.EqualTo(new[] { red, red, blue, blue, blue, (float)((7 + 2 * prior) / 3), (float)((5 + 2 * prior) / 3), red, (float)prior }));
    }

    [Test]
    public void Apply_a_row_of_weight_two_is_as_two_rows()
    {
        var table = new Table([TextColumn.From("colour", Colours)]);
        var weighted = new FitContext { Target = new Target("price", LearningTask.Regression, Prices.AsMemory(0, 8), []), Weights = new float[] { 2, 1, 1, 0, 1, 1, 1, 1 } };
        var repeated = new FitContext { Target = new Target("price", LearningTask.Regression, new float[] { 1, 1, 3, 10, 30, 7, 5, 8 }, []) };
        var expected = new TargetEncoding(["colour"], 2, 4).Fit(table.View(new[] { 0, 0, 1, 2, 4, 5, 6, 7 }), repeated).Apply(table);
        Assert.That(Values(new TargetEncoding(["colour"], 2, 4).Fit(table.View(new[] { 0, 1, 2, 3, 4, 5, 6, 7 }), weighted).Apply(table)), Is.EqualTo(Values(expected)));
    }

    [Test]
    public void ApplyInTraining_a_row_does_not_know_its_own_target()
    {
        var target = new Target("price", LearningTask.Regression, Prices, []);
        var changed = (float[])Prices.Clone();
        changed[6] = 1e6f;
        var before = Values(Fit(target).Fitted.ApplyInTraining(Fit(target).Table));
        var (fitted, table) = Fit(new Target("price", LearningTask.Regression, changed, []));
        Assert.That(Values(fitted.ApplyInTraining(table))[6], Is.EqualTo(before[6]), "green occurs once");
        Assert.That(Values(fitted.Apply(table))[6], Is.Not.EqualTo(Values(Fit(target).Fitted.Apply(table))[6]));
    }

    [Test]
    public void ApplyInTraining_useless_keys_do_not_tell_the_label()
    {
        const int rows = 1000;
        var random = new SeededRandom(4);
        var labels = Enumerable.Range(0, rows).Select(_ => (float)random.Next(2)).ToArray();
        var table = new Table([TextColumn.From("key", [.. Enumerable.Range(0, rows).Select(_ => $"k{random.Next(rows / 2)}")])]);
        var target = new Target("label", LearningTask.BinaryClassification, labels, ["no", "yes"]);
        var fitted = new TargetEncoding(["key"], 1, 5).Fit(table.View(Enumerable.Range(0, rows).ToArray()), new FitContext { Target = target });
        var honest = ((NumberColumn)fitted.ApplyInTraining(table)["key"]).Values.ToArray();
        var naive = ((NumberColumn)fitted.Apply(table)["key"]).Values.ToArray();
        Assert.That(Math.Abs(Correlation(honest, labels)), Is.LessThan(0.1));
        Assert.That(Correlation(naive, labels), Is.GreaterThan(0.5), "what the folds are for");
    }

    [Test]
    public void Apply_two_classes_give_the_share_of_the_second()
    {
        var (fitted, table) = Fit(new Target("sold", LearningTask.BinaryClassification, new float[] { 1, 0, 1, 1, 1, 0, 0, 0, 0 }, ["no", "yes"]), smoothing: 0);
        Assert.That(Values(fitted.Apply(table)), Is.EqualTo(new[] { 1 / 3f, 1 / 3f, 1, 1, 1, 0, 0, 1 / 3f, 0.5f }));
    }

    [Test]
    public void Apply_more_classes_give_a_column_each_but_the_first()
    {
        var (fitted, table) = Fit(new Target("kind", LearningTask.MulticlassClassification, new float[] { 1, 0, 2, 2, 2, 0, 0, 1, 0 }, ["a", "b", "c"]), smoothing: 0);
        var applied = fitted.Apply(table);
        Assert.That(applied.Schema.Select(column => column.Name), Is.EqualTo(new[] { "colour[b]", "colour[c]" }));
        Assert.That(Values(applied, "colour[b]")[0], Is.EqualTo(2 / 3f));
        Assert.That(Values(applied, "colour[c]")[2], Is.EqualTo(1));
    }

    [Test]
    public void Fit_without_a_label_is_an_error()
    {
        var table = new Table([TextColumn.From("colour", Colours)]);
        Assert.That(() => new TargetEncoding(["colour"], 1, 5).Fit(table.View(new[] { 0, 1 }), new FitContext()), Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT2210"));
    }

    private static double Correlation(float[] a, float[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var (covariance, varianceA, varianceB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            covariance += (a[i] - meanA) * (b[i] - meanB);
            varianceA += (a[i] - meanA) * (a[i] - meanA);
            varianceB += (b[i] - meanB) * (b[i] - meanB);
        }

        return covariance / Math.Sqrt(varianceA * varianceB);
    }
}
