using System.Xml.Linq;
using ModelTraining.Tests.Pipelines;
using ModelTraining.Tests.Reporting;

namespace ModelTraining.Tests.Profiling;

internal sealed class ProfileReportTests
{
    private static XElement Article(DataProfile profile)
    {
        var html = ProfileReport.Article(profile);
        return XElement.Parse(html[html.IndexOf("<article", StringComparison.Ordinal)..]);
    }

    private static IEnumerable<string> Headings(XElement article) => article.Descendants("h2").Select(heading => heading.Value);

    [Test]
    public async Task ToHtml_hasAllSectionsAndPictures()
    {
        var article = Article(await Given.Shop(300).ProfileAsync());
        Assert.Multiple(() =>
        {
            Assert.That(Headings(article), Is.SupersetOf(new[] { "What goes with the label", "Column by column", "How values are spread", "Which columns go together", "Where values are missing" }));
            Assert.That(article.Descendants("figcaption").Select(caption => caption.Value), Is.SupersetOf(new[] { "Association with returns", "age", "plan", "since", "Associations", "Missing values" }));
            Assert.That(article.Descendants("svg").Single(svg => (string?)svg.Attribute("class") == "heat").Descendants("rect").Count(), Is.GreaterThan(20));
        });
    }

    [Test]
    public async Task ToHtml_isOnePageThatLoadsNothing()
    {
        var page = (await Given.Shop(100).ProfileAsync()).ToHtml();
        Assert.That(page, Does.StartWith("<!DOCTYPE html>").And.Contain("<title>CSV text: profile of the data</title>").And.Contain("default-src 'none'"));
        Assert.That(page, Does.Not.Contain("<script").And.Not.Contain("src=").And.Not.Contain("href="));
    }

    [Test]
    public async Task ToHtml_hostileNamesAndValues_areText()
    {
        var run = await ReportedRuns.Hostile();
        var article = Article(run.Source.Profile());
        Assert.That(article.Descendants("script").Concat(article.Descendants("img")), Is.Empty);
    }

    [Test]
    public async Task SaveReport_writesThePage()
    {
        using var folder = new TemporaryFolder();
        var profile = await Given.Shop(100).ProfileAsync();
        var path = profile.SaveReport(folder.File("deep/profile.html"));
        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo(profile.ToHtml()));
    }

    [Test]
    public async Task RunReport_ofAProfiledRun_showsIt()
    {
        var run = await Pipeline.From(Given.Shop(200)).Profile().RunAsync();
        Assert.That(run.ToHtml(), Does.Contain("Which columns go together").And.Contain("What the data was"));
        Assert.That((await Pipeline.From(Given.Shop(200)).RunAsync()).ToHtml(), Does.Not.Contain("Which columns go together"));
    }

    [Test]
    public async Task Formatter_byName_writesTheArticle()
    {
        var profile = await Given.Shop(100).ProfileAsync();
        var attribute = typeof(DataProfile).GetCustomAttributes(true).Single(candidate => candidate.GetType().Name == "TypeFormatterSourceAttribute");
        var type = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        var source = (ProfileFormatterSource)Activator.CreateInstance(type)!;
        using var writer = new StringWriter();
        Assert.That(source.CreateTypeFormatters().Single(), Is.SameAs(source));
        Assert.That(source.Format("something else", writer), Is.False);
        Assert.That(source.Format(profile, writer), Is.True);
        Assert.That((writer.ToString(), source.MimeType), Is.EqualTo((ProfileReport.Article(profile), "text/html")));
    }

    [Test]
    public async Task ToString_hasALineAColumnAndTheWarnings()
    {
        var text = (await Given.Shop(300).ProfileAsync()).ToString();
        Assert.That(text.Split('\n')[0].TrimEnd(), Is.EqualTo("CSV text: 300 rows, 7 columns, 0 duplicate rows"));
        Assert.That(text, Does.Contain("plan").And.Contain("median").And.Contain("2015-"));
    }
}
