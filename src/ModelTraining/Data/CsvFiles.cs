using System.IO.Enumeration;

namespace ModelTraining;

/// <summary>Finds the files that a path or pattern means, and says what may have been meant where there are none.</summary>
internal static class CsvFiles
{
    public static IReadOnlyList<CsvInput> Find(string path, string extension)
    {
        if (File.Exists(path)) return [Input(path)];
        if (Directory.Exists(path))
        {
            var count = Directory.EnumerateFiles(path, "*" + extension).Count();
            throw new ModelTrainingException("MT4102", $"'{path}' is a folder. Name a file, or a pattern such as '{Path.Combine(path, "*" + extension)}', which would find {count}.");
        }

        var folder = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        var pattern = Path.GetFileName(path);
        if (!Directory.Exists(folder)) throw new ModelTrainingException("MT4101", $"There is no file '{path}': its folder '{Path.GetFullPath(folder)}' does not exist.");
        var names = Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal).ToList();
        if (!pattern.AsSpan().ContainsAny('*', '?'))
        {
            throw new ModelTrainingException("MT4101", $"There is no file '{pattern}' in '{Path.GetFullPath(folder)}'. {NearestNames.Sentence(pattern, names)}");
        }

        var found = names.Where(name => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: OperatingSystem.IsWindows())).ToList();
        if (found.Count > 0) return [.. found.Select(name => Input(Path.Combine(folder, name)))];
        throw new ModelTrainingException("MT4101", $"No file in '{Path.GetFullPath(folder)}' matches '{pattern}'. {NearestNames.Sentence(pattern, names)}");
    }

    private static CsvInput Input(string path) => new(path, () => Open(path)) { Length = new FileInfo(path).Length, Synchronous = true };

    private static FileStream Open(string path)
    {
        try
        {
            // No buffer of its own: the reader takes 64 KiB at a time.
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ModelTrainingException("MT4103", $"'{path}' can't be opened: {cause.Message} Close the program that has it open, or see to the rights to read it.", cause);
        }
    }
}
