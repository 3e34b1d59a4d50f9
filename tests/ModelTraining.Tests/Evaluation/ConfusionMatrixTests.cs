namespace ModelTraining.Tests;

public class ConfusionMatrixTests
{
    [Test]
    public void ToString_few_classes_is_a_table()
    {
        var matrix = Matrix(["setosa", "virginica"], [(0, 0), (0, 0), (0, 1), (1, 1)]);
        Assert.That(matrix.ToString(), Is.EqualTo(string.Join(Environment.NewLine,
            "actual \\ predicted  setosa  virginica",
            "setosa                   2          1",
            "virginica                0          1")));
    }

    [Test]
    public void ToString_many_classes_is_the_most_frequent_confusions()
    {
        var matrix = Matrix([.. Enumerable.Range(0, 20).Select(i => $"c{i}")], [(3, 3), (3, 4), (3, 4), (7, 19)]);
        Assert.That(matrix.ToString(), Is.EqualTo(string.Join(Environment.NewLine,
            "20 classes; the most frequent of 2 confusions:",
            "c3 taken for c4: 2",
            "c7 taken for c19: 1")));
    }

    [Test]
    public void Item_unknown_class_names_the_nearest()
    {
        var error = Assert.Throws<ModelTrainingException>(() => _ = Matrix(["setosa", "virginica"], [])["setosa", "verginica"])!;
        Assert.That(error.Id, Is.EqualTo("MT1303"));
        Assert.That(error.Message, Does.Contain("'virginica'"));
    }

    private static ConfusionMatrix Matrix(string[] classes, (int Actual, int Predicted)[] rows)
    {
        var counts = ConfusionCounts.Start(classes.Length);
        foreach (var (actual, predicted) in rows)
        {
            var outputs = new float[classes.Length];
            outputs[predicted] = 1;
            counts.Update(new PredictionBatch([actual], outputs));
        }

        return new ConfusionMatrix(classes, counts);
    }
}
