using Eng.OnnxRuntime;
using Eng.Processes;

namespace Eng.Feeds;

/// <summary>The first act of every verb: see what packages there are, say so, and make the one that has to be.</summary>
internal static class Preparation
{
    public static async Task<IReadOnlyList<Finding>> RunAsync(Repository repository, IReadOnlyList<WantedPackage> packages, Interruption interruption)
    {
        OnnxRuntimePackage? required = packages.Where(OnnxRuntimePackage.Is).Select(package => new OnnxRuntimePackage(repository, package)).FirstOrDefault();
        required?.DiscardIfUnusableHere();

        IReadOnlyList<Finding> findings;
        using (PackageSearch search = new(repository, interruption))
            findings = await search.FindAsync(packages);

        var idWidth = packages.Max(package => package.Id.Length);
        var versionWidth = packages.Max(package => package.Version.ToString().Length);
        foreach (Finding finding in findings.Where(IsWorthSaying))
        {
            var name = $"{finding.Package.Id.PadRight(idWidth)}  {finding.Package.Version.ToString().PadRight(versionWidth)}";
            Console.WriteLine($"{name}  {finding.Text}{(IsToBeMade(finding) ? "; making it here" : "")}");
        }

        if (!findings.Any(IsToBeMade))
            return findings;

        await required!.MakeAsync(interruption);
        return [.. findings.Select(finding => IsToBeMade(finding) ? finding with { Kind = FindingKind.Made } : finding)];
    }

    private static bool IsWorthSaying(Finding finding) =>
        finding.Package.Optional || OnnxRuntimePackage.Is(finding.Package) || finding.Kind != FindingKind.Found;

    private static bool IsToBeMade(Finding finding) =>
        OnnxRuntimePackage.Is(finding.Package) && finding.Kind is (FindingKind.Missing or FindingKind.Higher);
}
