namespace ModelTraining;

/// <summary>What computes a node of an operator of our own. A node of a session has its own, so that fields may hold what a run is about: one run at a time.</summary>
internal abstract class Kernel : IDisposable
{
    /// <summary>The elements of a part that is worth handing to a thread.</summary>
    protected const int PartSize = 16 * 1024;

    /// <summary>What a part has thrown; null where none has.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Computes the outputs. What is computed may not depend on the number of threads.</summary>
    public abstract void Run(in KernelCall call);

    /// <summary>A part of the work, on any thread of the session.</summary>
    public virtual void Part(int part)
    {
    }

    public virtual void Dispose()
    {
    }

    /// <summary>How many parts there are.</summary>
    protected static int Parts(long count, long each = PartSize) => (int)((count + each - 1) / each);
}
