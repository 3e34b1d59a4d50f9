namespace ModelTraining.Tests.Threading;

public class WorkerTeamTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(5)]
    public void Run_makes_each_call_once(int threads)
    {
        using var team = new WorkerTeam(threads);
        for (var count = 0; count < 200; count++)
        {
            var calls = new int[count];
            team.Run(count, i => Interlocked.Increment(ref calls[i]));
            Assert.That(calls, Is.All.EqualTo(1), $"{count} calls");
        }
    }

    [Test]
    public void Run_passes_on_what_a_call_throws_and_works_again()
    {
        using var team = new WorkerTeam(3);
        for (var round = 0; round < 50; round++)
        {
            Assert.That(() => team.Run(20, i => { if (i == 13) throw new InvalidOperationException("thirteen"); }), Throws.InvalidOperationException.With.Message.EqualTo("thirteen"));
            var sum = 0;
            team.Run(20, i => Interlocked.Add(ref sum, i));
            Assert.That(sum, Is.EqualTo(190));
        }
    }

    [Test]
    public void Run_mixes_no_two_jobs_however_short_they_are()
    {
        using var team = new WorkerTeam(3);
        var calls = new int[64];
        for (var job = 1; job < 50_000; job++)
        {
            var count = 2 + (job * 7 % 60);
            team.Run(count, i => calls[i]++);
            for (var i = 0; i < count; i++)
            {
                if (calls[i] != 1) Assert.Fail($"Job {job} made call {i} {calls[i]} times.");
                calls[i] = 0;
            }
        }
    }

    [Test]
    public void Run_allocates_nothing()
    {
        using var team = new WorkerTeam(2);
        var sums = new long[8];
        Action<int> body = i => sums[i] += i;
        team.Run(8, body);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var job = 0; job < 1000; job++) team.Run(8, body);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void Run_that_is_not_parallel_stays_on_the_callers_thread()
    {
        using var team = new WorkerTeam(4);
        var threads = new HashSet<int>();
        team.Run(100, _ => threads.Add(Environment.CurrentManagedThreadId), parallel: false);
        Assert.That(threads, Is.EqualTo(new[] { Environment.CurrentManagedThreadId }));
    }

    [Test]
    public void Dispose_ends_workers_that_sleep_and_workers_that_wait()
    {
        for (var round = 0; round < 20; round++)
        {
            var team = new WorkerTeam(4);
            if (round % 2 == 0) team.Run(8, _ => Thread.SpinWait(100));
            Assert.That(team.Dispose, Throws.Nothing);
        }
    }
}
