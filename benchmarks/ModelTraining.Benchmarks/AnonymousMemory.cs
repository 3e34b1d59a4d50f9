using System.Globalization;

namespace ModelTraining.Benchmarks;

/// <summary>
/// The most anonymous memory of this process, as Linux counts it: the managed heap and all else that is in no file, and that the system can't take back. There is no count
/// of its peak, so it is looked at every few milliseconds.
/// </summary>
internal sealed class AnonymousMemory : IDisposable
{
    private readonly Thread _thread;
    private volatile bool _stopped;

    public AnonymousMemory()
    {
        _thread = new Thread(Watch) { IsBackground = true };
        _thread.Start();
    }

    public long PeakBytes { get; private set; }

    public void Dispose()
    {
        _stopped = true;
        _thread.Join();
    }

    private void Watch()
    {
        const string name = "RssAnon:";
        while (!_stopped)
        {
            var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
            PeakBytes = Math.Max(PeakBytes, 1024 * long.Parse(line.AsSpan(name.Length, line.Length - name.Length - "kB".Length), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture));
            Thread.Sleep(5);
        }
    }
}
