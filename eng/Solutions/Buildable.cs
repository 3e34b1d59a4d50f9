using Eng.Feeds;
using Eng.OnnxRuntime;
using Eng.Processes;

namespace Eng.Solutions;

/// <summary>What can be built with the packages there are: the solution, or a filter over it.</summary>
internal sealed record Buildable(Repository Repository, string Path, IReadOnlyList<ProjectFile> Projects, IReadOnlyList<LeftOut> LeftOut)
{
    /// <summary>Asks the feeds, makes what has to be made, says both, and restores.</summary>
    public static async Task<Buildable> PrepareAsync(Repository repository, Interruption interruption)
    {
        Solution solution = Solution.Read(repository);
        HashSet<string> referenced = [.. solution.Projects.SelectMany(project => project.Packages).Select(id => id.ToUpperInvariant())];
        WantedPackage[] wanted =
        [
            .. WantedPackage.ReadAll(repository.PackageVersions)
                .Where(package => package.Optional || OnnxRuntimePackage.Is(package) || referenced.Contains(package.Id.ToUpperInvariant())),
        ];

        IReadOnlyList<Finding> findings = await Preparation.RunAsync(repository, wanted, interruption);
        Dictionary<string, string> missing = findings.Where(finding => finding.IsLeftOut)
            .ToDictionary(finding => finding.Package.Id, finding => $"{finding.Package.Id} {finding.Package.Version}", StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<LeftOut> leftOut = solution.Without(missing);
        foreach (LeftOut project in leftOut)
            Console.WriteLine($"left out: {repository.RelativePath(project.Project.Path)} ({project.Reason})");

        Buildable buildable = leftOut.Count == 0
            ? new Buildable(repository, solution.Path, solution.Projects, leftOut)
            : Filter(repository, solution, leftOut);
        Restoration restoration = new(repository, interruption);
        try
        {
            await restoration.RunAsync(buildable.Path, findings);
        }
        catch (FixableException exception) when (findings.FirstOrDefault(IsUnknownOnnxRuntime) is { } unknown)
        {
            Console.WriteLine(exception.Message);
            Console.WriteLine($"{unknown.Package.Id} may be what was not found; making it here");
            await new OnnxRuntimePackage(repository, unknown.Package).MakeAsync(interruption);
            await restoration.RunAsync(buildable.Path, [unknown with { Kind = FindingKind.Made }]);
        }

        return buildable;
    }

    public Task<int> BuildAsync(string path, Interruption interruption)
    {
        Console.WriteLine("building");
        return Dotnet.BuildAsync(path, Repository.Root, interruption);
    }

    /// <summary>Builds and runs the project of a folder, from where the caller stands, so that file names among the arguments mean what they say.</summary>
    public async Task<int> RunAsync(string folder, IEnumerable<string> arguments, Interruption interruption)
    {
        ProjectFile project = Project(folder);
        var exitCode = await BuildAsync(project.Path, interruption);
        if (exitCode != 0)
            return exitCode;
        string[] run = ["run", "--project", project.Path, "-c", "Release", "--no-build", "--", .. arguments];
        return await Dotnet.RunAsync(run, Environment.CurrentDirectory, interruption);
    }

    private static bool IsUnknownOnnxRuntime(Finding finding) => finding.Kind == FindingKind.Unknown && OnnxRuntimePackage.Is(finding.Package);

    private static Buildable Filter(Repository repository, Solution solution, IReadOnlyList<LeftOut> leftOut)
    {
        ProjectFile[] rest = [.. solution.Projects.Except(leftOut.Select(project => project.Project))];
        var filter = System.IO.Path.Combine(repository.Artifacts, "available.slnf");
        SolutionFilter.Write(filter, solution.Path, rest);
        return new Buildable(repository, filter, rest, leftOut);
    }

    private ProjectFile Project(string folder)
    {
        var name = System.IO.Path.GetFileName(folder);
        if (LeftOut.FirstOrDefault(project => project.Project.Name == name) is { } unavailable)
            throw new FixableException($"{folder} cannot be built here: it {unavailable.Reason}.", "Add a NuGet source that has the package.");
        return Projects.FirstOrDefault(project => project.Name == name)
            ?? throw new FixableException($"ModelTraining.sln lists no project {folder}.", $"Add it: dotnet sln add {folder}");
    }
}
