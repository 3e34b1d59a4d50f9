namespace ModelTraining;

/// <summary>Keeps a study as long as the object lives.</summary>
internal sealed class MemoryStudyStorage : IStudyStorage
{
    private readonly Lock _gate = new();
    private readonly List<string> _entries = [];

    public IReadOnlyList<string> Read(int from)
    {
        lock (_gate) return _entries.Count == from ? [] : _entries[from..];
    }

    public bool TryAppend(int count, string entry, bool durable)
    {
        lock (_gate)
        {
            if (_entries.Count != count) return false;
            _entries.Add(entry);
            return true;
        }
    }
}
