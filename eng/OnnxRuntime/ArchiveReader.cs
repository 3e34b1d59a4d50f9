using System.Formats.Tar;
using System.IO.Compression;

namespace Eng.OnnxRuntime;

internal static class ArchiveReader
{
    // Every file of an npm archive lies under this.
    private const string Prefix = "package/";

    /// <summary>Unpacks files of an npm archive.</summary>
    /// <param name="place">Where below the folder a path below <c>package/</c> goes; null where it is not wanted.</param>
    public static async Task UnpackAsync(string archive, string folder, Func<string, string?> place, CancellationToken cancellation)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        using FileStream file = File.OpenRead(archive);
        using GZipStream unzipped = new(file, CompressionMode.Decompress);
        using TarReader reader = new(unzipped);
        while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            // Links are passed over: none is wanted, and one could point anywhere.
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                || !entry.Name.StartsWith(Prefix, StringComparison.Ordinal)
                || place(entry.Name[Prefix.Length..]) is not { } relative)
            {
                continue;
            }

            var target = Path.GetFullPath(Path.Combine(root, relative));
            if (!target.StartsWith(root, StringComparison.Ordinal))
                throw new FixableException($"{Path.GetFileName(archive)} holds '{entry.Name}', which leads out of its folder.", "Nothing of it was used.");
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await entry.ExtractToFileAsync(target, overwrite: false, cancellation);
        }
    }
}
