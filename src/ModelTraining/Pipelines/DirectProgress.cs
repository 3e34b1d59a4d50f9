namespace ModelTraining;

/// <summary>Reports on the caller's thread, in order; <see cref="Progress{T}"/> would hand each report to the thread pool, where they overtake one another.</summary>
internal sealed class DirectProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
