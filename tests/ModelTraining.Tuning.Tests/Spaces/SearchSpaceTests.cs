namespace ModelTraining.Tests.Spaces;

internal sealed class SearchSpaceTests
{
    private static IEnumerable<Parameter> Quantities()
    {
        var space = new SearchSpace();
        yield return space.Float("float", -2, 3);
        yield return space.Float("ratio", 1e-4, 10, log: true);
        yield return space.Float("stepped", 0, 1, step: 0.1);
        yield return space.Int("int", -3, 12);
        yield return space.Int("odd", 1, 99, step: 2);
        yield return space.Int("power", 1, 1000, log: true);
    }

    [TestCaseSource(nameof(Quantities))]
    public void FromShare_ofTheWholeRange_givesValuesOfTheParameterFromEndToEnd(Parameter parameter)
    {
        var values = Enumerable.Range(0, 1001).Select(i => parameter.FromShare(i / 1000.0)).ToList();

        Assert.That(values, Is.Ordered);
        Assert.That(values, Has.All.Matches<double>(parameter.Has));
        Assert.That((parameter.FromShare(parameter.ToShare(values[0])), parameter.FromShare(parameter.ToShare(values[^1]))), Is.EqualTo((values[0], values[^1])));
        Assert.That(values.Select(value => parameter.FromShare(parameter.ToShare(value))), Is.EqualTo(values).Within(1e-9));
    }

    [TestCase(0.0, 1)]
    [TestCase(1.0, 1000)]
    public void FromShare_ofTheEndsOfALogarithmicRange_isTheEnds(double share, double expected) =>
        Assert.That(new SearchSpace().Int("n", 1, 1000, log: true).FromShare(share), Is.EqualTo(expected));

    [Test]
    public void FromShare_ofHalfALogarithmicRange_isTheGeometricMean() =>
        Assert.That(new SearchSpace().Float("rate", 1e-4, 1, log: true).FromShare(0.5), Is.EqualTo(1e-2).Within(1e-12));

    [Test]
    public void IsActive_ofNestedParts_onlyWhereAllConditionsHold()
    {
        var space = new SearchSpace();
        var kind = space.Choice("kind", "tree", "line");
        var trees = space.When(kind, "tree");
        var drops = trees.Bool("drops");
        var rate = trees.When(drops, true).Float("rate", 0, 1);

        Assert.That(rate.IsActive(new Dictionary<string, double> { ["kind"] = 0, ["drops"] = 1 }), Is.True);
        Assert.That(rate.IsActive(new Dictionary<string, double> { ["kind"] = 0, ["drops"] = 0 }), Is.False);
        Assert.That(rate.IsActive(new Dictionary<string, double> { ["kind"] = 1 }), Is.False);
        Assert.That(rate.ToString(), Is.EqualTo("rate: float from 0 to 1 when kind is tree and drops is true"));
        Assert.That(space.Parameters, Has.Count.EqualTo(3), "what is declared on a part is of the space");
    }

    private static IEnumerable<TestCaseData> Wrong()
    {
        yield return Case("MT1801", "Give it one", space => space.Bool(" "));
        yield return Case("MT1801", "name of its own", space => { space.Bool("a"); space.Int("a", 1, 2); });
        yield return Case("MT1802", "Got 2 to 1", space => space.Float("a", 2, 1));
        yield return Case("MT1802", "finite", space => space.Float("a", 0, double.PositiveInfinity));
        yield return Case("MT1802", "leave out 'log'", space => space.Float("a", 0, 1, log: true));
        yield return Case("MT1802", "leave out 'log'", space => space.Int("a", 0, 8, log: true));
        yield return Case("MT1803", "Leave one of them out", space => space.Float("a", 1, 2, log: true, step: 0.1));
        yield return Case("MT1803", "Got 3", space => space.Int("a", 1, 2, step: 3));
        yield return Case("MT1804", "at least one", space => space.Choice<string>("a"));
        yield return Case("MT1804", "'1' twice", space => space.Choice("a", 1, 2, 1));
        yield return Case("MT1805", "a Choice or Bool", space => space.When(space.Int("a", 1, 9), 3));
        yield return Case("MT1805", "never c", space => space.When(space.Choice("a", "b"), "c"));
        yield return Case("MT1805", "the same space", space => space.When(new SearchSpace().Bool("a"), true));
        yield return Case("MT1805", "at least one", space => space.When(space.Bool("a")));
        yield return Case("MT1806", "Got 9", space => space.Int("a", 1, 8).StartAt(9));

        static TestCaseData Case(string id, string says, Action<SearchSpace> declare) => new TestCaseData(id, says, declare).SetArgDisplayNames(id, says);
    }

    [TestCaseSource(nameof(Wrong))]
    public void Declare_wrong_saysWhat(string id, string says, Action<SearchSpace> declare)
    {
        var thrown = Assert.Throws<ModelTrainingException>(() => declare(new SearchSpace()))!;

        Assert.That(thrown.Id, Is.EqualTo(id));
        Assert.That(thrown.Message, Does.Contain(says));
    }
}
