using System.Xml.Linq;

namespace Eng.Solutions;

/// <summary>What a project file says about what it needs.</summary>
/// <param name="Packages">Ids, with those that the Directory.Build files above the project add.</param>
/// <param name="Projects">Names of the projects that it references.</param>
internal sealed record ProjectFile(string Path, IReadOnlySet<string> Packages, IReadOnlySet<string> Projects)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public static ProjectFile Read(string path, string root)
    {
        XDocument[] documents = [XDocument.Load(path), .. FilesAbove(path, root).Select(file => XDocument.Load(file))];
        return new ProjectFile(
            path,
            documents.SelectMany(document => Included(document, "PackageReference")).ToHashSet(StringComparer.OrdinalIgnoreCase),
            // By name, so that a path with a property in it is understood too.
            Included(documents[0], "ProjectReference")
                .Select(reference => System.IO.Path.GetFileNameWithoutExtension(reference.Replace('\\', '/')))
                .ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> FilesAbove(string path, string root)
    {
        for (var folder = System.IO.Path.GetDirectoryName(path); folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets"])
            {
                var file = System.IO.Path.Combine(folder, name);
                if (File.Exists(file))
                    yield return file;
            }

            if (folder == root)
                yield break;
        }
    }

    private static IEnumerable<string> Included(XDocument document, string item) =>
        from element in document.Descendants()
        where element.Name.LocalName == item
        from include in ((string?)element.Attribute("Include") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        select include;
}
