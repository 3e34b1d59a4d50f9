using Eng.Processes;
using Eng.Verbs;

namespace Eng;

internal static class Program
{
    private static readonly Verb[] Verbs =
    [
        new("quickstart", "[ARGS]", "run samples/Quickstart", Quickstart.RunAsync),
        new("test", "[ARGS]", "build once and run every test project; ARGS go to `dotnet test`", Test.RunAsync),
        new("bench", "[NAME] [ARGS]", "run benchmarks/ModelTraining.Benchmarks", Bench.RunAsync),
        new("pack", "[ARGS]", "make the NuGet packages in artifacts/packages", Pack.RunAsync),
        new("format", "[ARGS]", "run `dotnet format` on the solution, e.g. with --verify-no-changes", Format.RunAsync),
    ];

    public static async Task<int> Main(string[] args)
    {
        if (args is not [var name, .. var rest] || Array.Find(Verbs, verb => verb.Name == name) is not { } chosen)
            return Usage(args.FirstOrDefault());

        using Interruption interruption = new();
        try
        {
            return await chosen.RunAsync(Repository.Find(), rest, interruption);
        }
        catch (OperationCanceledException) when (interruption.Asked.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (FixableException exception)
        {
            Report(exception);
            return ExitCode.Failure;
        }
    }

    public static void Report(FixableException exception) => Console.Error.WriteLine($"error: {exception.Message}");

    private static int Usage(string? unknown)
    {
        if (unknown is not null and not ("help" or "--help" or "-h" or "-?"))
            Console.Error.WriteLine($"There is no verb '{unknown}'.");
        Console.Error.WriteLine("usage: dotnet run --project eng -- VERB [ARGS]");
        foreach (Verb verb in Verbs)
            Console.Error.WriteLine($"  {verb.Name + " " + verb.Arguments,-22} {verb.Purpose}");
        return ExitCode.Usage;
    }
}
