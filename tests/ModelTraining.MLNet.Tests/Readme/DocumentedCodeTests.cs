using System.Text.RegularExpressions;
using ModelTraining.Tests.Compiling;

namespace ModelTraining.Tests.Readme;

/// <summary>Runs every block of C# in docs/mlnet.md, in their order, as a reader would paste them.</summary>
[NonParallelizable]
internal sealed partial class DocumentedCodeTests
{
    [Test]
    public async Task Code_asDocumented_runs()
    {
        var document = await File.ReadAllTextAsync(Path.Combine(TestData.Root, "docs", "mlnet.md"));
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("samples/data"));
        foreach (var file in Directory.GetFiles(Path.Combine(TestData.Root, "samples", "data"))) File.Copy(file, folder.File($"samples/data/{Path.GetFileName(file)}"));
        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder.Path;
        try
        {
            await Snippet.RunAsync(string.Join("\n", CodeBlock().Matches(document).Select(block => block.Groups[1].Value)));
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [GeneratedRegex("^```csharp\\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();
}
