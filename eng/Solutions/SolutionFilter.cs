using System.Text.Encodings.Web;
using System.Text.Json;

namespace Eng.Solutions;

internal static class SolutionFilter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a filter file that lists these projects of the solution.</summary>
    public static void Write(string path, string solution, IEnumerable<ProjectFile> projects)
    {
        var filterFolder = Path.GetDirectoryName(path)!;
        var solutionFolder = Path.GetDirectoryName(solution)!;
        var content = JsonSerializer.Serialize(
            new
            {
                solution = new
                {
                    path = Backslashed(Path.GetRelativePath(filterFolder, solution)),
                    projects = projects.Select(project => Backslashed(Path.GetRelativePath(solutionFolder, project.Path))).ToArray(),
                },
            },
            Indented);
        Directory.CreateDirectory(filterFolder);
        File.WriteAllText(path, content + "\n");
    }

    // The format's separator on every system.
    private static string Backslashed(string path) => path.Replace('/', '\\');
}
