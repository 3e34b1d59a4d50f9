namespace Eng.Feeds;

/// <summary>What one source says about one package.</summary>
/// <param name="Detail">The higher version, or why there is no answer.</param>
internal sealed record Answer(AnswerKind Kind, string Source, string Detail = "")
{
    public static Answer FromVersions(string source, WantedPackage package, IEnumerable<string> versions)
    {
        List<PackageVersion> known = [];
        foreach (var text in versions)
        {
            if (PackageVersion.TryParse(text, out PackageVersion version))
                known.Add(version);
        }

        if (known.Contains(package.Version))
            return new Answer(AnswerKind.Has, source);

        PackageVersion[] higher = [.. known.Where(version => version.IsStable && version.Number > package.Version.Number)];
        return higher.Length == 0
            ? new Answer(AnswerKind.Lacks, source)
            : new Answer(AnswerKind.HasHigher, source, higher.MinBy(version => version.Number).ToString());
    }
}
