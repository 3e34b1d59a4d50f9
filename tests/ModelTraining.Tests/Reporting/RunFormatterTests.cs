using System.Collections;
using System.Linq.Expressions;

namespace ModelTraining.Tests.Reporting;

/// <summary>What .NET Interactive does to find out how a type wants to be shown: nothing but names (Formatter.TryRegisterFromFormatterSources in dotnet/interactive).</summary>
internal sealed class RunFormatterTests
{
    [Test]
    public void Attribute_byName_prefersHtml() => Assert.That(Property<string[]>(Attribute(), "PreferredMimeTypes"), Is.EqualTo(new[] { "text/html" }));

    [Test]
    public async Task Formatters_byName_writeTheReport()
    {
        var run = await ReportedRuns.Binary();

        var formatter = Formatter();
        using var writer = new StringWriter();

        Assert.Multiple(() =>
        {
            Assert.That(Property<string>(formatter, "MimeType"), Is.EqualTo("text/html"));
            Assert.That(Format(formatter)(run, writer), Is.True);
            Assert.That(writer.ToString(), Is.EqualTo(RunReport.Article(run)));
            Assert.That(run.ToHtml(), Does.Contain(writer.ToString()), "the file shows the same");
        });
    }

    [Test]
    public void Format_somethingElse_isLeftToOthers()
    {
        using var writer = new StringWriter();
        Assert.That(Format(Formatter())("not a run", writer), Is.False);
        Assert.That(writer.ToString(), Is.Empty);
    }

    private static object Attribute() => typeof(PipelineRun).GetCustomAttributes(true).Single(attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute");

    private static object Formatter()
    {
        var source = Activator.CreateInstance(Property<Type>(Attribute(), "FormatterSourceType"))!;
        return ((IEnumerable)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!).Cast<object>().Single();
    }

    private static Func<object, TextWriter, bool> Format(object formatter)
    {
        var (value, writer) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(TextWriter)));
        return Expression.Lambda<Func<object, TextWriter, bool>>(Expression.Call(Expression.Constant(formatter), formatter.GetType().GetMethod("Format")!, value, writer), value, writer).Compile();
    }

    private static T Property<T>(object of, string name) => (T)of.GetType().GetProperty(name)!.GetGetMethod()!.Invoke(of, null)!;
}
