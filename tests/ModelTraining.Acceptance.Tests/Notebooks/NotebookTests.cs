using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using ModelTraining.Tests.Scripts;

namespace ModelTraining.Tests.Notebooks;

/// <summary>Runs the cells of samples/notebooks one after the other, as a notebook's kernel does: what one declares, the next knows.</summary>
[NonParallelizable]
internal sealed class NotebookTests
{
    private const string Install = "#r \"nuget: ModelTraining";

    private static IEnumerable<string> Notebooks => Directory.GetFiles(Path.Combine(TestData.Root, "samples", "notebooks"), "*.ipynb").Select(path => Path.GetFileName(path));

    [TestCaseSource(nameof(Notebooks))]
    public async Task Cells_inTheirOrder_run(string name)
    {
        var notebook = Notebook.Read(Path.Combine(TestData.Root, "samples", "notebooks", name));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(notebook.Language, Is.EqualTo(".net-csharp"));
            Assert.That(notebook.Code[0], Does.Contain(Install));
            Assert.That(notebook.HasOutputs, Is.False, "Clear all outputs before you commit a notebook.");
        }

        using var place = new Workplace();
        ScriptState? state = null;
        foreach (var cell in notebook.Code)
        {
            var code = string.Join('\n', cell.Split('\n').Where(line => !line.StartsWith(Install, StringComparison.Ordinal)));
            state = state is null ? await CSharpScript.RunAsync(code, Options()) : await state.ContinueWithAsync(code);
            Assert.That(state.Exception, Is.Null);
        }

        // A notebook ends with what it was about; a kernel shows it.
        Assert.That(state!.ReturnValue, Is.Not.Null);
    }

    // As a kernel has it: the base library, and the usings of one.
    private static ScriptOptions Options()
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return ScriptOptions.Default
            .WithReferences(platform.Select(path => MetadataReference.CreateFromFile(path)))
            .WithImports("System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading.Tasks")
            .WithLanguageVersion(LanguageVersion.Preview);
    }
}
