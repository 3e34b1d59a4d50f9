namespace ModelTraining.Tests.Explaining;

internal sealed class ValueRanksTests
{
    private static readonly Table Rows = new(
    [
        new NumberColumn("number", new[] { 5f, -1, float.NaN, 100, 5 }),
        new BooleanColumn("flag", new byte[] { 1, 0, 0, 1, BooleanColumn.Missing }),
        TextColumn.From("text", ["a", "b", "c", "d", "e"]),
        new NumberColumn("same", new[] { 2f, 2, 2, 2, 2 }),
    ]);

    [TestCase("number", new[] { 0.5, 0, double.NaN, 1, 0.5 })]
    [TestCase("flag", new[] { 1.0, 0, 0, 1, double.NaN })]
    [TestCase("text", new[] { double.NaN, double.NaN, double.NaN, double.NaN, double.NaN })]
    [TestCase("same", new[] { 0.5, 0.5, 0.5, 0.5, 0.5 })]
    [TestCase("of several columns", new[] { double.NaN, double.NaN, double.NaN, double.NaN, double.NaN })]
    public void Of_column_isOrderOfItsValues(string column, double[] expected) => Assert.That(ValueRanks.Of(Rows, column), Is.EqualTo(expected));

    [Test]
    public void CorrelationWith_leavesMissingOut()
    {
        Assert.That(ValueRanks.CorrelationWith([0, 0.5, double.NaN, 1], [1, 2, -50, 3]), Is.EqualTo(1).Within(1e-12));
        Assert.That(ValueRanks.CorrelationWith([0, 1], [3, 3]), Is.NaN);
        Assert.That(ValueRanks.CorrelationWith([double.NaN], [3]), Is.NaN);
    }
}
