using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelTraining.Tests.Compiling;

/// <summary>Compiles and runs C# as a user would type it into the Program.cs of an app that references the library.</summary>
internal static class Snippet
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using ModelTraining;
        """;

    // With the feature of file-based programs, so that their lines for the SDK (#:project) may stand.
    private static readonly CSharpParseOptions Parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview).WithFeatures([new("FileBasedProgram", "true")]);

    /// <summary>What the compiler says is wrong with the code; empty when it compiles.</summary>
    public static IReadOnlyList<string> Errors(string code) =>
        [.. Compile(code).GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString())];

    /// <summary>Runs the code as a program of its own.</summary>
    /// <returns>Its exit code; 0 when it gives none.</returns>
    public static async Task<int> RunAsync(string code, params string[] arguments)
    {
        using var image = new MemoryStream();
        var emitted = Compile(code).Emit(image);
        Assert.That(emitted.Success, Is.True, string.Join(Environment.NewLine, emitted.Diagnostics));
        var main = Assembly.Load(image.ToArray()).EntryPoint!;

        // Of an async Main the entry point is a wrapper that blocks; beside it is the method itself.
        var method = main.DeclaringType!.GetMethod("<Main>$", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public) ?? main;
        var result = method.Invoke(null, [arguments]);
        if (result is Task task) await task;
        return result is Task<int> exit ? await exit : result as int? ?? 0;
    }

    private static CSharpCompilation Compile(string code)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return CSharpCompilation.Create(
            $"Snippet{Guid.NewGuid():N}",
            [CSharpSyntaxTree.ParseText(Usings, Parsing), CSharpSyntaxTree.ParseText(code, Parsing)],
            platform.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
    }
}
