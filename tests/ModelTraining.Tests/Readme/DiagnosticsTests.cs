using System.Text.RegularExpressions;

namespace ModelTraining.Tests.Readme;

/// <summary>Holds docs/diagnostics.md against the ids that the sources use: each is listed once, and none that is gone.</summary>
internal sealed partial class DiagnosticsTests
{
    [Test]
    public void Diagnostics_everyIdOfTheSources_isListedOnce()
    {
        var used = Directory.EnumerateFiles(Path.Combine(TestData.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => Thrown().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal);
        var listed = File.ReadLines(Path.Combine(TestData.Root, "docs", "diagnostics.md"))
            .Select(line => Row().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);

        Assert.That(listed, Is.EqualTo(used));
    }

    [GeneratedRegex("\"(MT[0-9]{4})\"")]
    private static partial Regex Thrown();

    [GeneratedRegex(@"^\| (MT[0-9]{4}) \|")]
    private static partial Regex Row();
}
