using System.Text;

namespace ModelTraining;

/// <summary>
/// A study in a file of JSON lines that is only ever added to. Several processes may share it, on one machine or on a file system whose locks work between machines (NFS
/// often has none that do). A process that is killed leaves at most half a line at the end, which is ignored, and cut off before the next one is written.
/// Safe to use from many threads.
/// </summary>
public sealed class JournalFile : IStudyStorage
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private int _known;
    private long _knownBytes;

    /// <summary>A study in a file, which is made with its first entry, as is its folder. Beside it stands an empty file, <c>.lock</c> behind its name, that processes wait at.</summary>
    /// <param name="path">The file, for example study.jsonl; a relative path is taken from the current directory.</param>
    /// <param name="time">The clock. Default: the system's.</param>
    public JournalFile(string path, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        FullPath = Path.GetFullPath(path);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The file's full path.</summary>
    public string FullPath { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Read(int from)
    {
        lock (_gate)
        {
            return Reach(() =>
            {
                if (from == 0 && !File.Exists(FullPath)) return [];
                using var file = new FileStream(FullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                var lines = Tail(file, from);
                return _known >= from ? lines : throw new IOException($"It has {_known} entries, and had {from} before.");
            });
        }
    }

    /// <inheritdoc/>
    public bool TryAppend(int count, string entry, bool durable)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.AsSpan().ContainsAny('\r', '\n')) throw new ArgumentException("An entry is one line.", nameof(entry));
        lock (_gate)
        {
            return Reach(() =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(FullPath)!);
                using var held = WaitForLock();
                using var file = new FileStream(FullPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
                Tail(file, _known);
                if (_known != count) return false;
                file.SetLength(_knownBytes); // without the half line of a process that died
                file.Position = _knownBytes;
                var line = Encoding.UTF8.GetBytes(entry + "\n");
                file.Write(line);
                file.Flush(flushToDisk: durable);
                (_known, _knownBytes) = (count + 1, _knownBytes + line.Length);
                return true;
            });
        }
    }

    /// <summary>The whole lines from one on; afterwards what is known ends behind the last of them.</summary>
    private List<string> Tail(FileStream file, int from)
    {
        if (from < _known || file.Length < _knownBytes) (_known, _knownBytes) = (0, 0);
        file.Position = _knownBytes;
        var bytes = new byte[file.Length - _knownBytes];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var lines = new List<string>();
        for (var start = 0; ;)
        {
            var end = bytes.AsSpan(start, length - start).IndexOf((byte)'\n');
            if (end < 0) break;
            if (_known++ >= from) lines.Add(Encoding.UTF8.GetString(bytes, start, end));
            start += end + 1;
            _knownBytes += end + 1;
        }

        return lines;
    }

    /// <summary>Opened for nobody else, which the system ends with the process, however that ends.</summary>
    private FileStream WaitForLock()
    {
        var started = _time.GetTimestamp();
        for (var wait = 1; ; wait = Math.Min(50, wait * 2))
        {
            try
            {
                return new FileStream(FullPath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
            {
                if (_time.GetElapsedTime(started) > LockPatience) throw;
                Thread.Sleep(wait);
            }
        }
    }

    private T Reach<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelTrainingException("MT4400", $"The study in '{FullPath}' can't be read or written: {exception.Message} Choose another path, make room, or see which process holds it.", exception);
        }
    }

    /// <summary>The file's full path.</summary>
    public override string ToString() => FullPath;
}
