using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>
/// Where a run keeps columns that are too large for its memory: in a temporary file, mapped. Off until something is found to be too large; from then on
/// every column of the run's tables goes there. Safe to use from many threads, but for <see cref="Begin"/>.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="warn">Takes a warning for the log and the report.</param>
internal sealed class SpillStore(string folder, Action<string> warn) : IDisposable
{
    // Less than this is not worth a mapping of its own.
    private const int LeastBytes = 64 << 10;

    private readonly Lock _lock = new();
    private readonly List<SpillMapping> _mappings = [];
    private SpillFile? _columns;

    /// <summary>Whether columns are spilled.</summary>
    public bool IsOn => _columns is not null;

    /// <summary>Takes what sources hold until the types of columns are known; null when nothing is spilled, and after <see cref="EndReading"/>.</summary>
    public SpillFile? Scratch { get; private set; }

    /// <summary>Begins to spill, after looking whether that can go well.</summary>
    /// <param name="bytes">About what columns will take; 0 when not known.</param>
    /// <exception cref="ModelTrainingException">MT2124: the folder can't be written to. MT2125: there is not enough room.</exception>
    public void Begin(double bytes)
    {
        if (IsOn) return;
        var scratch = new SpillFile(folder);
        try
        {
            Look(bytes);
            _columns = new SpillFile(folder);
        }
        catch
        {
            scratch.Dispose();
            throw;
        }

        Scratch = scratch;
    }

    /// <summary>Lets go what was held for a source.</summary>
    public void EndReading()
    {
        Scratch?.Dispose();
        Scratch = null;
    }

    /// <summary>Whether values are to be kept in the file: <paramref name="kept"/> is then what to use instead of them.</summary>
    public bool Keep<T>(ReadOnlyMemory<T> values, out ReadOnlyMemory<T> kept) where T : unmanaged
    {
        kept = values;
        if (!IsOn || (long)values.Length * Unsafe.SizeOf<T>() < LeastBytes || MemoryMarshal.TryGetMemoryManager<T, MappedMemory<T>>(values, out _)) return false;
        var writer = new ColumnWriter<T>(this, values.Length);
        writer.Add(values.Span);
        kept = writer.Done();
        return true;
    }

    /// <summary>A place in the file for a column's values.</summary>
    public (SpillFile File, long Offset) Reserve(long bytes)
    {
        var file = _columns ?? throw new InvalidOperationException("Nothing is spilled yet.");
        return (file, file.Reserve(bytes));
    }

    /// <summary>What was written at a place.</summary>
    public ReadOnlyMemory<T> Map<T>(long offset, int length) where T : unmanaged
    {
        var mapping = _columns!.Map(offset, (long)length * Unsafe.SizeOf<T>());
        lock (_lock) _mappings.Add(mapping);
        return new MappedMemory<T>(mapping, length).Memory;
    }

    /// <summary>Lets the files go. Columns that were spilled can't be read any more.</summary>
    public void Dispose()
    {
        EndReading();
        lock (_lock)
        {
            foreach (var mapping in _mappings) mapping.Dispose();
            _mappings.Clear();
        }

        _columns?.Dispose();
        _columns = null;
    }

    /// <summary>Deletes what killed runs left, and looks whether the folder is one to spill to.</summary>
    private void Look(double bytes)
    {
        foreach (var left in Directory.EnumerateFiles(folder, SpillFile.Pattern)) TryDelete(left);
        var full = Path.GetFullPath(folder);
        if (full.StartsWith(@"\\", StringComparison.Ordinal)) return; // a share on another machine, which does not tell
        var drive = new DriveInfo(full);
        if (drive.DriveFormat is "tmpfs" or "ramfs")
        {
            warn($"'{folder}', where columns are spilled, is kept in memory by the system ({drive.DriveFormat}): that saves none. Name a folder on a disk in WithSpilling.");
        }

        if (bytes > drive.AvailableFreeSpace)
        {
            throw new ModelTrainingException("MT2125", string.Create(CultureInfo.InvariantCulture,
                $"Columns of about {bytes / (1L << 30):0.##} GiB are to be spilled to '{folder}', and {drive.AvailableFreeSpace / (double)(1L << 30):0.##} GiB are free there. Make room there, name another folder in WithSpilling, or take a part of the rows by Sample."));
        }
    }

    /// <summary>Where files have no name as long as they are used, all that have one are left-overs; elsewhere those that are used can't be deleted.</summary>
    private static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // another run's, or another user's
        }
    }
}
