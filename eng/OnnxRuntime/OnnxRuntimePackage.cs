using System.Diagnostics;
using System.IO.Compression;
using Eng.Feeds;
using Eng.Processes;

namespace Eng.OnnxRuntime;

/// <summary>Makes the package of ONNX Runtime where no source has it.</summary>
internal sealed class OnnxRuntimePackage(Repository repository, WantedPackage package)
{
    private const string Id = "Microsoft.ML.OnnxRuntime";

    private string Made => Path.Combine(repository.MadePackages, $"{Id}.{Origin.Version}.nupkg");

    public static bool Is(WantedPackage package) => string.Equals(package.Id, Id, StringComparison.OrdinalIgnoreCase);

    /// <summary>Removes a package that is damaged, or was copied from a machine of another kind and has no native library for this one.</summary>
    public void DiscardIfUnusableHere()
    {
        if (!File.Exists(Made) || IsUsableHere())
            return;
        new PackageFolder(repository.PackageFolder).Drop(package);
        File.Delete(Made);
    }

    public async Task MakeAsync(Interruption interruption)
    {
        if (package.Version.ToString() != Origin.Version)
        {
            throw new FixableException(
                $"{Id} {package.Version} cannot be made here, only {Origin.Version}.",
                "Add a NuGet source that has it, or pin another origin in eng/OnnxRuntime/Origin.cs.");
        }

        NativeLibrary here = Origin.Here;
        Stopwatch time = Stopwatch.StartNew();
        var folder = Path.Combine(repository.Artifacts, "onnxruntime");
        Directory.CreateDirectory(repository.Artifacts);
        using FileStream turn = await TakeTurnAsync(folder + ".lock", interruption.Asked);
        if (File.Exists(Made))
            return;

        // What a killed run left.
        Delete(folder);
        try
        {
            await UnpackAsync(Path.Combine(folder, "origin"), interruption);
            await PackAsync(folder, interruption);
            Publish(Path.Combine(folder, "packed", Path.GetFileName(Made)));
        }
        finally
        {
            Delete(folder);
        }

        Console.WriteLine($"made {repository.RelativePath(Made)} with the native library for {here.Runtime} in {time.Elapsed.TotalSeconds:0} s");
    }

    private static async Task UnpackAsync(string origin, Interruption interruption)
    {
        foreach (IGrouping<NpmArchive, NativeLibrary> archive in Origin.Libraries.GroupBy(library => library.Archive))
        {
            Console.WriteLine($"  downloading {archive.Key.Name} {archive.Key.Version} from the npm registry");
            var download = Path.Combine(Path.GetDirectoryName(origin)!, archive.Key.Name);
            var file = await archive.Key.DownloadAsync(download, interruption);
            Dictionary<string, string> libraries = archive.ToDictionary(library => library.ArchivePath, library => library.PackagePath);
            await ArchiveReader.UnpackAsync(file, origin, path => libraries.GetValueOrDefault(path) ?? (IsBinding(path) ? path : null), interruption.Asked);
            Delete(download);
        }
    }

    // The training API's entry points are not in the libraries.
    private static bool IsBinding(string path) =>
        path is "LICENSE" or "ThirdPartyNotices.txt"
        || (path.StartsWith("Runtime/", StringComparison.Ordinal)
            && path.EndsWith(".cs", StringComparison.Ordinal)
            && !path.StartsWith("Runtime/Training/", StringComparison.Ordinal));

    private async Task PackAsync(string folder, Interruption interruption)
    {
        Console.WriteLine("  compiling and packing");
        var project = BindingProject.Write(folder, Id);
        var output = $"-p:PackageOutputPath={Path.Combine(folder, "packed")}";
        var exitCode = await Dotnet.BuildAsync(project, repository.Root, interruption, "-restore", "-t:Pack", output);
        if (exitCode != 0)
            throw new FixableException($"{Id} could not be compiled; the errors are above.", "Mend eng/OnnxRuntime, or add a NuGet source that has it.");
    }

    // Beside its place and then renamed: restore sees a whole package or none. An older one's extracted copy goes first, for restore would prefer it.
    private void Publish(string packed)
    {
        var aside = Made + ".part";
        File.Copy(packed, aside, overwrite: true);
        new PackageFolder(repository.PackageFolder).Drop(package);
        File.Move(aside, Made, overwrite: true);
    }

    private bool IsUsableHere()
    {
        try
        {
            using ZipArchive zip = ZipFile.OpenRead(Made);
            return zip.GetEntry(Origin.Here.PackagePath) is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static async Task<FileStream> TakeTurnAsync(string path, CancellationToken cancellation)
    {
        for (var told = false; ; told = true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                if (!told)
                    Console.WriteLine("  waiting for another run that is making it");
                await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
            }
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
