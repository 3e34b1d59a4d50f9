using System.Runtime.ExceptionServices;

namespace ModelTraining;

/// <summary>
/// Threads that live as long as one training run and take up work within a microsecond or so: a tree is thousands of short parallel
/// steps, and waking a pool's thread costs as much as such a step. Between steps a worker spins for a moment, then sleeps.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 1000;
    private readonly Thread[] _workers;
    private readonly object _gate = new();
    private Job? _job;
    private int _sleeping;
    private bool _stopped;

    /// <param name="threads">How many threads work at the same time, the caller's among them.</param>
    public WorkerTeam(int threads)
    {
        Threads = Math.Max(1, threads);
        _workers = new Thread[Threads - 1];
        for (var i = 0; i < _workers.Length; i++)
        {
            _workers[i] = new Thread(Serve) { IsBackground = true, Name = "ModelTraining.Trees" };
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

        var job = new Job(body, count);
        // A full fence: either a worker that goes to sleep sees the job, or we see that it sleeps.
        Interlocked.Exchange(ref _job, job);
        if (Volatile.Read(ref _sleeping) > 0)
        {
            lock (_gate) Monitor.PulseAll(_gate);
        }

        job.Work();
        var spinner = new SpinWait();
        while (!job.IsDone) spinner.SpinOnce(sleep1Threshold: -1);
        job.ThrowIfFailed();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }

        Interlocked.Exchange(ref _job, new Job(static _ => { }, 0));
        foreach (var worker in _workers) worker.Join();
    }

    private void Serve()
    {
        Job? last = null;
        while (true)
        {
            var job = Await(last);
            if (job is null) return;
            job.Work();
            last = job;
        }
    }

    private Job? Await(Job? last)
    {
        for (var i = 0; i < SpinsBeforeSleep; i++)
        {
            var job = Volatile.Read(ref _job);
            if (job != last) return Volatile.Read(ref _stopped) ? null : job;
            Thread.SpinWait(1);
        }

        lock (_gate)
        {
            Interlocked.Increment(ref _sleeping);
            while (Volatile.Read(ref _job) == last && !_stopped) Monitor.Wait(_gate);
            Interlocked.Decrement(ref _sleeping);
            return _stopped ? null : _job;
        }
    }

    private sealed class Job(Action<int> body, int count)
    {
        private int _next;
        private int _done;
        private Exception? _failure;

        public bool IsDone => Volatile.Read(ref _done) == count;

        public void Work()
        {
            int i;
            while ((i = Interlocked.Increment(ref _next) - 1) < count)
            {
                try
                {
                    body(i);
                }
                catch (Exception failure)
                {
                    // Run throws it again on the caller's thread.
                    Interlocked.CompareExchange(ref _failure, failure, null);
                }

                Interlocked.Increment(ref _done);
            }
        }

        public void ThrowIfFailed()
        {
            if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
        }
    }
}
