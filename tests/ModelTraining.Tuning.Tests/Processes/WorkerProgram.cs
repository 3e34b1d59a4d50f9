namespace ModelTraining.Tests.Processes;

/// <summary>A process that works on a shared study: <c>dotnet ModelTraining.Tuning.Tests.dll KIND PLACE TRIALS STUCKAT</c>.</summary>
internal static class WorkerProgram
{
    private const string StudyName = "shared by processes";

    /// <param name="arguments">journal and its path, or postgresql and a connection string; how many trials the study is to have; at which of its own trials it hangs, 0 for never.</param>
    public static async Task Main(string[] arguments)
    {
        var (trials, stuckAt) = (int.Parse(arguments[2], System.Globalization.CultureInfo.InvariantCulture), int.Parse(arguments[3], System.Globalization.CultureInfo.InvariantCulture));
        var storage = Open(arguments[0], arguments[1]);
        var space = new SearchSpace();
        var x = space.Float("x", -1, 1);
        using var study = new Study(space, o => o with { Storage = storage });
        var tried = 0;
        await study.OptimizeAsync(
            async (trial, cancellationToken) =>
            {
                Console.WriteLine(trial.Number);
                if (++tried == stuckAt) await Task.Delay(Timeout.Infinite, cancellationToken);
                await Task.Delay(2, cancellationToken);
                return [Math.Pow(trial.Get(x) - 0.25, 2)];
            },
            trials);
    }

    public static IStudyStorage Open(string kind, string place) => kind == "journal" ? new JournalFile(place) : new PostgreSqlStudyStorage(place, StudyName);
}
