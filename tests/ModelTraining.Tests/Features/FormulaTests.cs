namespace ModelTraining.Tests.Features;

public class FormulaTests
{
    private static readonly float[] Skewed = [1, 2, 3, 4, 7, 9, 15, 40, 80, 200];
    private static readonly float[] Signed = [-30, -8, -3, -1, -0.5f, 0, 0.5f, 1, 2, 4, 5];

    private static Table Applied(Feature feature, params (string Name, float[] Values)[] columns)
    {
        var table = new Table(columns.Select(column => new NumberColumn(column.Name, column.Values)));
        return feature.Make().Fit(table.View(Enumerable.Range(0, table.RowCount).ToArray()), new FitContext()).Apply(table);
    }

    private static float[] Values(Table table, string column) => ((NumberColumn)table[column]).Values.ToArray();

    [Test]
    public void Ratio_by_zero_missing_and_overflow_are_missing() =>
        Assert.That(Values(Applied(Feature.Ratio("a", "b"), ("a", [6, 1, 0, float.NaN, 1e30f]), ("b", [4, 0, 0, 1, 1e-30f])), "a/b"), Is.EqualTo(new[] { 1.5f, float.NaN, float.NaN, float.NaN, float.NaN }));

    [Test]
    public void Interaction_multiplies_each_two()
    {
        var table = Applied(Feature.Interaction("a", "b", "c"), ("a", [2]), ("b", [3]), ("c", [5]));
        Assert.That(table.Columns.Skip(3).Select(column => (column.Name, column[0])), Is.EqualTo(new (string, object)[] { ("a*b", 6f), ("a*c", 10f), ("b*c", 15f) }));
    }

    [Test]
    public void Polynomial_makes_what_PolynomialFeatures_makes()
    {
        // PolynomialFeatures(3).fit_transform([[2, 5]]) without the first degree.
        var table = Applied(Feature.Polynomial(["x", "y"], 3), ("x", [2]), ("y", [5]));
        Assert.That(table.Columns.Skip(2).Select(column => (column.Name, column[0])), Is.EqualTo(new (string, object)[] { ("x^2", 4f), ("x*y", 10f), ("y^2", 25f), ("x^3", 8f), ("x^2*y", 20f), ("x*y^2", 50f), ("y^3", 125f) }));
    }

    [Test]
    public void Log_is_log1p_with_the_sign() =>
        Assert.That(Values(Applied(Feature.Log("a"), ("a", [0, 1.7182817f, -1.7182817f, float.NaN, float.PositiveInfinity])), "log(a)"), Is.EqualTo(new[] { 0, 1, -1, float.NaN, float.NaN }).Within(1e-7));

    [Test]
    public void BoxCox_equals_PowerTransformer()
    {
        float[] expected = [0, 0.6596108f, 1.0159579f, 1.2564402f, 1.6965877f, 1.8829776f, 2.2416281f, 2.8603814f, 3.2477430f, 3.7038118f];
        Assert.That(Values(Applied(Feature.BoxCox("a"), ("a", Skewed)), "box_cox(a)"), Is.EqualTo(expected).Within(2e-6));
    }

    [Test]
    public void YeoJohnson_equals_PowerTransformer()
    {
        float[] positive = [0.6341301f, 0.9552946f, 1.1634313f, 1.3144611f, 1.6052329f, 1.7312958f, 1.9739996f, 2.3790423f, 2.6159934f, 2.8733520f];
        float[] signed = [-8.9978187f, -3.9641306f, -1.9892844f, -0.8263176f, -0.4488349f, 0, 0.5589457f, 1.2223975f, 2.8109782f, 6.8391098f, 9.2114847f];
        Assert.That(Values(Applied(Feature.YeoJohnson("a"), ("a", Skewed)), "yeo_johnson(a)"), Is.EqualTo(positive).Within(2e-6));
        Assert.That(Values(Applied(Feature.YeoJohnson("a"), ("a", Signed)), "yeo_johnson(a)"), Is.EqualTo(signed).Within(2e-5));
    }

    [Test]
    public void YeoJohnson_of_what_overflows_stays_finite() =>
        Assert.That(Values(Applied(Feature.YeoJohnson("a"), ("a", [1e38f, -1e38f, 1e37f, 3, 0])), "yeo_johnson(a)"), Has.All.Matches<float>(float.IsFinite));

    [Test]
    public void YeoJohnson_of_a_constant_changes_nothing() => Assert.That(Values(Applied(Feature.YeoJohnson("a"), ("a", [3, 3, float.NaN])), "yeo_johnson(a)"), Is.EqualTo(new[] { 3, 3, float.NaN }));

    [TestCase(BinStrategy.Quantile, new[] { 3.25f, 8, 33.75f })]
    [TestCase(BinStrategy.Uniform, new[] { 50.75f, 100.5f, 150.25f })]
    public void Bins_equal_KBinsDiscretizer(BinStrategy strategy, float[] edges)
    {
        Assert.That(BinEdges.Of(Skewed, 4, strategy, new FitContext()), Is.EqualTo(edges));
        var bins = new BinFormula("a", edges);
        Assert.That(new[] { -5, edges[0], 999 }.Select(value => bins.Of([value])), Is.EqualTo(new float[] { 0, 1, 3 }));
    }

    [Test]
    public void Bins_of_many_equal_values_are_fewer() => Assert.That(BinEdges.Of([0, 0, 0, 0, 0, 0, 5, 10], 4, BinStrategy.Quantile, new FitContext()), Is.EqualTo(new[] { 1.25f }));

    [TestCase(4, new float[] { 0, 0, 1, 0, 1, 1, 1, 0, 0, 0 }, new[] { 2.5f, 5.5f, 27.5f })]
    [TestCase(3, new float[] { 0, 0, 1, 1, 1, 2, 2, 2, 0, 0 }, new[] { 2.5f, 8 })]
    public void Bins_by_tree_equal_DecisionTreeClassifier(int leaves, float[] labels, float[] edges)
    {
        string[] classes = ["a", "b", "c"];
        var target = new Target("label", leaves == 4 ? LearningTask.BinaryClassification : LearningTask.MulticlassClassification, labels, classes[..(leaves == 4 ? 2 : 3)]);
        Assert.That(BinEdges.Of(Skewed, leaves, BinStrategy.Tree, new FitContext { Target = target }), Is.EqualTo(edges));
    }

    [Test]
    public void Bins_by_tree_equal_DecisionTreeRegressor_with_weights_too()
    {
        float[] targets = [1, 1.5f, 2, 2, 8, 9, 9.5f, 30, 31, 33];
        var target = new Target("y", LearningTask.Regression, targets.Select(value => value + 1e6f).ToArray(), []);
        Assert.That(BinEdges.Of(Skewed, 3, BinStrategy.Tree, new FitContext { Target = target }), Is.EqualTo(new[] { 5.5f, 27.5f }));
        var weighted = new FitContext { Target = target, Weights = new float[] { 1, 2, 1, 1, 1, 3, 1, 1, 1, 1 } };
        Assert.That(BinEdges.Of(Skewed, 4, BinStrategy.Tree, weighted), Is.EqualTo(new[] { 5.5f, 27.5f, 140 }));
    }

    [Test]
    public void Bins_by_tree_a_row_of_weight_zero_and_one_that_is_left_out_are_alike()
    {
        var target = new Target("y", LearningTask.Regression, new float[] { 0, 0, 50, 9, 9 }, []);
        var without = new Target("y", LearningTask.Regression, new float[] { 0, 0, 9, 9 }, []);
        Assert.That(BinEdges.Of([1, 2, 3, 4, 5], 2, BinStrategy.Tree, new FitContext { Target = target, Weights = new float[] { 1, 1, 0, 1, 1 } }),
            Is.EqualTo(BinEdges.Of([1, 2, 4, 5], 2, BinStrategy.Tree, new FitContext { Target = without })));
    }

    [Test]
    public void Bins_as_columns_are_named_by_their_edges()
    {
        var table = Applied(Feature.Bins("a", 2, BinStrategy.Uniform, oneHot: true), ("a", [0, 1, 2, 10, float.NaN]));
        Assert.That(Values(table, "bin(a)=(-inf, 5)"), Is.EqualTo(new float[] { 1, 1, 1, 0, 0 }));
        Assert.That(Values(table, "bin(a)=[5, inf)"), Is.EqualTo(new float[] { 0, 0, 0, 1, 0 }));
    }
}
