namespace ModelTraining;

/// <summary>Files that are there whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes aside, then gives the file its name: an earlier file of that name stays until the new one is whole. Missing folders are made.</summary>
    /// <returns>The full path.</returns>
    /// <exception cref="ModelTrainingException">MT4001: the file can't be written.</exception>
    public static string Write(string path, ReadOnlySpan<byte> content)
    {
        var full = Path.GetFullPath(path);
        var aside = $"{full}.{Guid.NewGuid():N}.tmp"; // of its own: several threads and processes may write the same file
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(aside, content);
            File.Move(aside, full, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(aside)) File.Delete(aside);
            throw new ModelTrainingException("MT4001", $"'{full}' can't be written: {exception.Message} Choose another path, or make room.", exception);
        }

        return full;
    }
}
