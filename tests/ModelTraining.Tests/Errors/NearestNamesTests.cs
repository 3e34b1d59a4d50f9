namespace ModelTraining.Tests.Errors;

internal sealed class NearestNamesTests
{
    [TestCase("incme", "income")]
    [TestCase("INCOME", "income")]
    [TestCase("educationnum", "education-num")]
    [TestCase("capital", "capital-gain")]
    public void Sentence_misspelled_asksForTheNearest(string wrong, string meant) =>
        Assert.That(NearestNames.Sentence(wrong, ["age", "income", "education-num", "capital-gain"]), Does.StartWith($"Did you mean '{meant}'"));

    [Test]
    public void Sentence_nothingLikeIt_listsTheFirstTwelve()
    {
        var sentence = NearestNames.Sentence("zzz", Enumerable.Range(0, 30).Select(i => $"column{i}"));

        Assert.That(sentence, Does.StartWith("Known are 'column0'").And.EndWith("and 18 more."));
    }

    [Test]
    public void Sentence_nameOfAMillionCharacters_isCut() =>
        Assert.That(NearestNames.Sentence("y", [new string('x', 1_000_000)]), Has.Length.LessThan(100));
}
