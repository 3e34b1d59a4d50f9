namespace ModelTraining.Tests.Storages;

/// <summary>What every storage of studies does. Derive from it, and give it a storage.</summary>
internal abstract class StudyStorageConformance
{
    /// <summary>Another object, or the same, on the storage of the running test, as another process would have it.</summary>
    private protected abstract IStudyStorage Open();

    [Test]
    public void Read_ofNothing_isEmpty() => Assert.That(Open().Read(0), Is.Empty);

    [Test]
    public void TryAppend_behindAllThatThereIs_isReadByAll()
    {
        var (one, other) = (Open(), Open());
        Assert.That(one.TryAppend(0, "first", durable: true), Is.True);
        Assert.That(other.TryAppend(1, "zwölf €", durable: false), Is.True);
        Assert.That(one.TryAppend(2, "third", durable: false), Is.True);

        Assert.That(one.Read(0), Is.EqualTo(new[] { "first", "zwölf €", "third" }));
        Assert.That(other.Read(1), Is.EqualTo(new[] { "zwölf €", "third" }));
        Assert.That(other.Read(0), Has.Count.EqualTo(3), "reading again from the beginning");
        Assert.That(Open().Read(3), Is.Empty);
    }

    [Test]
    public void TryAppend_behindFewer_changesNothing()
    {
        var (one, other) = (Open(), Open());
        one.TryAppend(0, "first", durable: true);

        Assert.That(other.TryAppend(0, "lost", durable: true), Is.False);
        Assert.That(other.TryAppend(2, "beyond", durable: true), Is.False);
        Assert.That(one.Read(0), Is.EqualTo(new[] { "first" }));
    }

    [Test]
    public void TryAppend_byManyAtOnce_losesNothingAndAddsNothingTwice()
    {
        const int Workers = 4, Each = 25;
        Parallel.For(0, Workers, new ParallelOptions { MaxDegreeOfParallelism = Workers }, worker =>
        {
            var storage = Open();
            var known = 0;
            for (var i = 0; i < Each; i++)
            {
                while (!storage.TryAppend(known, $"{worker} {i}", durable: false)) known += storage.Read(known).Count;
            }
        });

        var entries = Open().Read(0);
        Assert.That(entries, Is.EquivalentTo(Enumerable.Range(0, Workers).SelectMany(worker => Enumerable.Range(0, Each).Select(i => $"{worker} {i}"))));
        for (var worker = 0; worker < Workers; worker++) Assert.That(entries.Where(entry => entry[0] == '0' + worker), Is.EqualTo(Enumerable.Range(0, Each).Select(i => $"{worker} {i}")));
    }

    [Test]
    public void Study_ofSeveralWorkers_givesEachTrialToOne()
    {
        var done = new System.Collections.Concurrent.ConcurrentBag<int>();
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, worker =>
        {
            var space = new SearchSpace();
            var x = space.Float("x", 0, 1);
            using var study = new Study(space, o => o with { Storage = Open(), Sampler = new RandomSampler() });
            while (study.TryAsk(40) is { } trial)
            {
                done.Add(trial.Number);
                study.Tell(trial, trial.Get(x));
            }
        });

        Assert.That(done.Order(), Is.EqualTo(Enumerable.Range(0, 40)));
    }
}
