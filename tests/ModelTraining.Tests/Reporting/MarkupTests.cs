namespace ModelTraining.Tests.Reporting;

internal sealed class MarkupTests
{
    [Test]
    public void Add_holes_areTextAndLiteralsAreMarkup() =>
        Assert.That(Written("<script>&\"'"), Is.EqualTo("<p title=\"&lt;script&gt;&amp;&quot;&#39;\">"));

    [TestCase("plain", ExpectedResult = "plain")]
    [TestCase("línea ≥ 3 ✓", ExpectedResult = "línea ≥ 3 ✓")]
    [TestCase("a\u0000b\u001bc\u0085d", ExpectedResult = "a�b�c�d", Description = "control characters are not allowed in HTML")]
    [TestCase("a\tb\nc", ExpectedResult = "a\tb\nc")]
    [TestCase("\ud83d\ude00", ExpectedResult = "\ud83d\ude00")]
    [TestCase(null, ExpectedResult = "")]
    public string Add_text_isWritten(string? text) => new Markup().Add($"{text}").ToString();

    [Test]
    public void Add_halfASurrogatePair_isReplaced() => Assert.That(Written("a\ud83db"), Is.EqualTo("<p title=\"a\ufffdb\">"));

    [Test]
    public void Add_markup_isNotEscapedAgain()
    {
        var inner = new Markup().Add($"<b>{"<"}</b>");
        Assert.That(new Markup().Add($"<p>{inner}{12345}</p>").ToString(), Is.EqualTo("<p><b>&lt;</b>12345</p>"));
    }

    private static string Written(string text) => new Markup().Add($"<p title=\"{text}\">").ToString();
}
