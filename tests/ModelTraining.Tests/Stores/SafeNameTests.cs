namespace ModelTraining.Tests.Stores;

internal sealed class SafeNameTests
{
    [TestCase("income")]
    [TestCase("Churn 2026-v1.2_b")]
    [TestCase("Größe")]
    [TestCase("icon@2x.png")]
    [TestCase("COM10")]
    [TestCase("console")]
    public void Trouble_ofAnOrdinaryName_isNone(string name) => Assert.That(SafeName.Trouble(name), Is.Null);

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("..")]
    [TestCase("../income")]
    [TestCase("a/b")]
    [TestCase(@"a\b")]
    [TestCase("/etc/passwd")]
    [TestCase("C:income")]
    [TestCase("a\0b")]
    [TestCase("a\nb")]
    [TestCase(".hidden")]
    [TestCase("income.")]
    [TestCase("income ")]
    [TestCase("con")]
    [TestCase("NUL.txt")]
    [TestCase("LPT1 .onnx")]
    [TestCase("what?")]
    public void Trouble_ofAHostileName_isSaid(string name) => Assert.That(SafeName.Trouble(name), Is.Not.Null);

    [Test]
    public void Trouble_ofALongName_isSaidWithoutAllOfIt()
    {
        Assert.That(SafeName.Trouble(new string('a', 101)), Does.Contain("100"));
        Assert.That(() => SafeName.Check("A model", new string('a', 5000)), Throws.TypeOf<ModelTrainingException>().With.Message.Length.LessThan(300));
    }
}
