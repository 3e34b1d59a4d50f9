using System.Text.RegularExpressions;
using ModelTraining.Tests.Compiling;

namespace ModelTraining.Tests.Readme;

/// <summary>The C# of a document.</summary>
internal static partial class DocumentedCode
{
    /// <summary>Whether a document has any.</summary>
    public static bool IsIn(string document) => CodeBlock().IsMatch(File.ReadAllText(Path.Combine(TestData.Root, document)));

    /// <summary>Its blocks, one after the other.</summary>
    public static string Of(string document) => string.Join("\n", CodeBlock().Matches(File.ReadAllText(Path.Combine(TestData.Root, document))).Select(block => block.Groups[1].Value));

    /// <summary>Runs code as a reader would paste it, in a folder of its own beside which the samples' data is.</summary>
    public static async Task RunAsync(string code)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("samples/data"));
        foreach (var file in Directory.GetFiles(Path.Combine(TestData.Root, "samples", "data"))) File.Copy(file, folder.File($"samples/data/{Path.GetFileName(file)}"));
        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder.Path;
        try
        {
            await Snippet.RunAsync(code);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [GeneratedRegex("^```csharp\\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();
}
