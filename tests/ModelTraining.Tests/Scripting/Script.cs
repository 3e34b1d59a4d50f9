using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace ModelTraining.Tests.Scripting;

/// <summary>Compiles and runs C# as a user would type it.</summary>
internal static class Script
{
    private static readonly ScriptOptions Options = ScriptOptions.Default
        .AddReferences(typeof(Pipeline).Assembly, typeof(Table).Assembly, typeof(Predictor).Assembly, typeof(Trees).Assembly)
        .AddImports("System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks");

    public static IReadOnlyList<string> Errors(string code) =>
        [.. CSharpScript.Create(code, Options).Compile().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString())];

    /// <summary>Runs the code; its variables can be read from the state.</summary>
    public static Task<ScriptState<object>> RunAsync(string code) => CSharpScript.RunAsync(code, Options);
}
