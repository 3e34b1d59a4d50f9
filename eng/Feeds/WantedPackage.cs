using System.Xml.Linq;

namespace Eng.Feeds;

/// <summary>A package of Directory.Packages.props.</summary>
/// <param name="Optional">It stands in an <c>ItemGroup</c> labelled Optional: where no source has it, the projects that need it are left out.</param>
internal sealed record WantedPackage(string Id, PackageVersion Version, bool Optional)
{
    public static IReadOnlyList<WantedPackage> ReadAll(string path) =>
        [.. XDocument.Load(path).Descendants("PackageVersion").Where(entry => entry.Attribute("Include") is not null).Select(entry => Read(entry, path))];

    private static WantedPackage Read(XElement entry, string path)
    {
        var id = entry.Attribute("Include")!.Value;
        var text = (string?)entry.Attribute("Version") ?? (string?)entry.Element("Version") ?? "";
        if (!PackageVersion.TryParse(text, out PackageVersion version))
            throw new FixableException($"{Path.GetFileName(path)} gives {id} the version '{text}'.", "Write a plain one, such as 1.2.3.");
        var optional = ((string?)entry.Parent?.Attribute("Label"))?.StartsWith("Optional", StringComparison.OrdinalIgnoreCase) == true;
        return new WantedPackage(id, version, optional);
    }
}
