namespace ModelTraining;

/// <summary>
/// A temporary file that nobody else sees. It is written by calls, which fail where a disk is full, and never through a mapping, where that would end the
/// process. Safe to use from many threads.
/// </summary>
internal sealed class SpillFile : IDisposable
{
    /// <summary>What the names of all such files match.</summary>
    public const string Pattern = "modeltraining-*.spill";

    private const int Alignment = 4096;

    private readonly FileStream _file;
    private readonly string _folder;
    private long _end;

    /// <exception cref="ModelTrainingException">MT2124: the folder can't be made or written to.</exception>
    public SpillFile(string folder)
    {
        _folder = folder;
        var path = Path.Combine(folder, Pattern.Replace("*", Guid.NewGuid().ToString("N"), StringComparison.Ordinal));
        try
        {
            Directory.CreateDirectory(folder);
            _file = new FileStream(path, OptionsOf());

            // A file without a name lives as long as it is open: however the process ends, the disk is free again. Windows deletes it when it is closed.
            if (!OperatingSystem.IsWindows()) File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelTrainingException("MT2124", $"'{folder}', where columns are to be spilled, can't be written to: {exception.Message} Name another folder in WithSpilling.", exception);
        }
    }

    /// <summary>A place for as many bytes, that no one else is given.</summary>
    public long Reserve(long bytes)
    {
        var aligned = (bytes + Alignment - 1) / Alignment * Alignment;
        return Interlocked.Add(ref _end, aligned) - aligned;
    }

    /// <exception cref="ModelTrainingException">MT2125: there is no room for it.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(_file.SafeFileHandle, bytes, offset);
        }
        catch (Exception exception) when (exception is IOException or ArgumentOutOfRangeException)
        {
            // A disk without room is the one; a file larger than the file system can have, the other.
            throw new ModelTrainingException("MT2125", $"Columns could not be spilled to '{_folder}': {exception.Message.TrimEnd('.')}. Make room there, name another folder in WithSpilling, or take a part of the rows by Sample.", exception);
        }
    }

    public void Read(Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            var count = RandomAccess.Read(_file.SafeFileHandle, bytes, offset);
            if (count == 0) throw new EndOfStreamException($"A file in '{_folder}' is shorter than it was.");
            bytes = bytes[count..];
            offset += count;
        }
    }

    /// <summary>What was written at a place, as memory that the system reads in and drops as it needs.</summary>
    public SpillMapping Map(long offset, long bytes) => new(_file.SafeFileHandle, offset, bytes);

    public void Dispose() => _file.Dispose();

    private static FileStreamOptions OptionsOf()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (OperatingSystem.IsWindows()) options.Options = FileOptions.DeleteOnClose;
        else options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
