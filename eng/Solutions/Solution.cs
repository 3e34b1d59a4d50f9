using System.Text.RegularExpressions;

namespace Eng.Solutions;

/// <summary>The projects of a .sln file.</summary>
internal sealed partial record Solution(string Path, IReadOnlyList<ProjectFile> Projects)
{
    public static Solution Read(Repository repository)
    {
        if (!File.Exists(repository.Solution))
            throw new FixableException($"{repository.RelativePath(repository.Solution)} is missing.", "Check it out again.");

        IEnumerable<string> paths = from Match project in Project().Matches(File.ReadAllText(repository.Solution))
                                    select System.IO.Path.GetFullPath(project.Groups["path"].Value.Replace('\\', '/'), repository.Root);
        return new Solution(repository.Solution, [.. paths.Select(path => ReadProject(path, repository))]);
    }

    /// <summary>The projects that need one of the packages, and those that reference such a project.</summary>
    /// <param name="missing">Id of each package, with what is to be said of it.</param>
    public IReadOnlyList<LeftOut> Without(IReadOnlyDictionary<string, string> missing)
    {
        Dictionary<string, LeftOut> leftOut = new(StringComparer.OrdinalIgnoreCase);
        foreach (ProjectFile project in Projects)
        {
            string[] needed = [.. missing.Keys.Where(project.Packages.Contains)];
            if (needed.Length > 0)
                leftOut.Add(project.Name, new LeftOut(project, "needs " + string.Join(", ", needed.Select(id => missing[id]))));
        }

        for (var before = -1; before < leftOut.Count;)
        {
            before = leftOut.Count;
            foreach (ProjectFile project in Projects.Where(project => !leftOut.ContainsKey(project.Name)))
            {
                if (project.Projects.FirstOrDefault(leftOut.ContainsKey) is { } reference)
                    leftOut.Add(project.Name, new LeftOut(project, $"references {reference}"));
            }
        }

        return [.. leftOut.Values];
    }

    private static ProjectFile ReadProject(string path, Repository repository) => File.Exists(path)
        ? ProjectFile.Read(path, repository.Root)
        : throw new FixableException(
            $"{repository.RelativePath(repository.Solution)} lists {repository.RelativePath(path)}, which does not exist.",
            $"Take it out: dotnet sln remove {repository.RelativePath(path)}");

    [GeneratedRegex("""^Project\("\{[^}]+\}"\)\s*=\s*"[^"]*",\s*"(?<path>[^"]+\.csproj)"\s*,""", RegexOptions.Multiline)]
    private static partial Regex Project();
}
