namespace ModelTraining;

/// <summary>What trainings on the same data have in common, such as its bins: made by the first, kept for the next. Safe to use from many threads.</summary>
internal sealed class SharedWork
{
    private readonly Lock _gate = new();
    private readonly Dictionary<object, object> _made = [];

    /// <param name="key">All that the work depends on, but for the data.</param>
    /// <param name="make">Does it. What comes out is only read from.</param>
    public T Get<T>(object key, Func<T> make)
        where T : class
    {
        lock (_gate)
        {
            if (_made.TryGetValue(key, out var made)) return (T)made;
            var work = make();
            _made[key] = work;
            return work;
        }
    }
}
