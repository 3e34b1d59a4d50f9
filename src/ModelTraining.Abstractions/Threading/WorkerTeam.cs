using System.Runtime.ExceptionServices;

namespace ModelTraining;

/// <summary>
/// Threads that live as long as one training run and take up work within a microsecond or so, allocating nothing: a tree or a training step is many
/// short parallel steps, and waking a pool's thread costs as much as such a step. Between steps a worker spins for a moment, then sleeps. One caller at a
/// time.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 1000;
    private readonly Thread[] _workers;
    private readonly object _gate = new();
    private Action<int>? _body;
    private Exception? _failure;
    private int _count;
    private int _done;
    private int _sleeping;
    private bool _stopped;

    // The number of the job in the upper half, the next call of it in the lower: one exchange takes a call, and only of the job that was looked at.
    private long _next = int.MaxValue;

    /// <param name="threads">How many threads work at the same time, the caller's among them.</param>
    public WorkerTeam(int threads)
    {
        Threads = Math.Max(1, threads);
        _workers = new Thread[Threads - 1];
        for (var i = 0; i < _workers.Length; i++)
        {
            _workers[i] = new Thread(Serve) { IsBackground = true, Name = "ModelTraining" };
            _workers[i].Start();
        }
    }

    /// <summary>How many threads work at the same time, the caller's among them.</summary>
    public int Threads { get; }

    /// <summary>
    /// Calls <paramref name="body"/> for 0 … <paramref name="count"/> − 1 and returns when all calls have. Which thread makes which call is
    /// left open, so calls may not depend on each other, and what they compute may not depend on how the work was cut.
    /// </summary>
    /// <param name="count">The number of calls.</param>
    /// <param name="body">What to call.</param>
    /// <param name="parallel">False where the work is too little to be worth a second thread.</param>
    public void Run(int count, Action<int> body, bool parallel = true)
    {
        if (!parallel || count <= 1 || _workers.Length == 0)
        {
            for (var i = 0; i < count; i++) body(i);
            return;
        }

        (_body, _count, _done, _failure) = (body, count, 0, null);
        var job = (int)(_next >> 32) + 1;
        // A full fence: either a worker that goes to sleep sees the job, or we see that it sleeps.
        Interlocked.Exchange(ref _next, (long)job << 32);
        if (Volatile.Read(ref _sleeping) > 0)
        {
            lock (_gate) Monitor.PulseAll(_gate);
        }

        Work(job);
        var spinner = new SpinWait();
        while (Volatile.Read(ref _done) != count) spinner.SpinOnce(sleep1Threshold: -1);
        // No worker that still looks at this job may take a call for one of the next's.
        Interlocked.Exchange(ref _next, ((long)job << 32) | int.MaxValue);
        _body = null;
        if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Volatile.Write(ref _stopped, true);
            Monitor.PulseAll(_gate);
        }

        foreach (var worker in _workers) worker.Join();
    }

    private void Serve()
    {
        var last = 0;
        while (Await(last) is { } job)
        {
            Work(job);
            last = job;
        }
    }

    private int? Await(int last)
    {
        for (var i = 0; i < SpinsBeforeSleep; i++)
        {
            if (Volatile.Read(ref _stopped)) return null;
            var job = (int)(Volatile.Read(ref _next) >> 32);
            if (job != last) return job;
            Thread.SpinWait(1);
        }

        lock (_gate)
        {
            Interlocked.Increment(ref _sleeping);
            while ((int)(Volatile.Read(ref _next) >> 32) == last && !_stopped) Monitor.Wait(_gate);
            Interlocked.Decrement(ref _sleeping);
            return _stopped ? null : (int)(Volatile.Read(ref _next) >> 32);
        }
    }

    private void Work(int job)
    {
        while (true)
        {
            var next = Volatile.Read(ref _next);
            if ((int)(next >> 32) != job || (int)next >= Volatile.Read(ref _count)) return;
            if (Interlocked.CompareExchange(ref _next, next + 1, next) != next) continue;
            try
            {
                _body!((int)next);
            }
            catch (Exception failure)
            {
                // Run throws it again on the caller's thread.
                Interlocked.CompareExchange(ref _failure, failure, null);
            }

            Interlocked.Increment(ref _done);
        }
    }
}
