namespace ModelTraining;

/// <summary>
/// Where a study is kept: a list of lines that only grows, shared by all threads and processes that work on the study. Safe to use from many threads. An
/// implementation of your own passes the conformance suite of the tests (<c>StudyStorageConformance</c>).
/// </summary>
public interface IStudyStorage
{
    /// <summary>The entries from a position on, in their order. What is being written at the moment, or was half written when its process died, is not among them.</summary>
    /// <param name="from">How many entries are known already.</param>
    /// <exception cref="ModelTrainingException">MT4400: the storage can't be reached.</exception>
    IReadOnlyList<string> Read(int from);

    /// <summary>Adds an entry as the one after the first <paramref name="count"/>, unless another process was faster.</summary>
    /// <param name="count">How many entries the caller knows.</param>
    /// <param name="entry">A line of text without a line's end.</param>
    /// <param name="durable">Whether it has to outlive a loss of power from now on; otherwise only the death of the process.</param>
    /// <returns>Whether it was added; false when there are more entries than the caller knows.</returns>
    /// <exception cref="ModelTrainingException">MT4400: the storage can't be reached.</exception>
    bool TryAppend(int count, string entry, bool durable);
}
