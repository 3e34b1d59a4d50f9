using System.Xml;
using System.Xml.Linq;

namespace Eng.Testing;

/// <summary>What a .trx file says.</summary>
internal sealed record TestResults(TestCounts Counts, IReadOnlyList<FailedTest> Failed, IReadOnlyList<SkippedTest> Skipped)
{
    public static TestResults None { get; } = new(default, [], []);

    public static TestResults Read(string path)
    {
        XDocument document;
        try
        {
            document = XDocument.Load(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or XmlException)
        {
            // A test host that was killed leaves no file or half a one; its exit code tells.
            return None;
        }

        Dictionary<string, string> classes = Elements(document, "UnitTest")
            .DistinctBy(test => (string?)test.Attribute("id"))
            .ToDictionary(
                test => (string?)test.Attribute("id") ?? "",
                test => (string?)test.Elements().FirstOrDefault(element => element.Name.LocalName == "TestMethod")?.Attribute("className") ?? "");

        var passed = 0;
        List<FailedTest> failed = [];
        List<SkippedTest> skipped = [];
        foreach (XElement result in Elements(document, "UnitTestResult"))
        {
            switch ((string?)result.Attribute("outcome"))
            {
                case "Passed":
                    passed++;
                    break;
                case "Failed" or "Error" or "Timeout" or "Aborted":
                    failed.Add(new FailedTest(Name(result, classes), Text(result, "Message"), Text(result, "StackTrace")));
                    break;
                default:
                    var reason = Text(result, "Message", "StdOut");
                    skipped.Add(new SkippedTest(Name(result, classes), reason.Length == 0 ? "no reason given" : reason.ReplaceLineEndings(" ")));
                    break;
            }
        }

        return new TestResults(new TestCounts(passed, failed.Count, skipped.Count), failed, skipped);
    }

    private static string Name(XElement result, Dictionary<string, string> classes)
    {
        var name = (string?)result.Attribute("testName") ?? "";
        var type = classes.GetValueOrDefault((string?)result.Attribute("testId") ?? "", "");
        return type.Length == 0 || name.StartsWith(type, StringComparison.Ordinal) ? name : $"{type}.{name}";
    }

    private static string Text(XElement result, params string[] names) =>
        result.Descendants().FirstOrDefault(element => names.Contains(element.Name.LocalName))?.Value.Trim() ?? "";

    private static IEnumerable<XElement> Elements(XDocument document, string name) =>
        document.Descendants().Where(element => element.Name.LocalName == name);
}
