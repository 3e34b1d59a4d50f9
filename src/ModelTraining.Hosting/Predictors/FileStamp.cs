namespace ModelTraining;

/// <summary>What tells two versions of a file apart without reading them. The default value stands for a file that is not there.</summary>
/// <param name="Target">The file itself, behind all links: deployments swap those.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Written">When it was written.</param>
internal readonly record struct FileStamp(string? Target, long Length, DateTime Written)
{
    public static FileStamp Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target) file = target;
            return file.Exists ? new FileStamp(file.FullName, file.Length, file.LastWriteTimeUtc) : default;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Reading it will say what is wrong.
            return default;
        }
    }
}
