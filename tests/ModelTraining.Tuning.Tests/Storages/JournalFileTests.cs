using ModelTraining.Tests.Studies;

namespace ModelTraining.Tests.Storages;

internal sealed class JournalFileTests : StudyStorageConformance
{
    private TemporaryFolder _folder = null!;

    private string JournalPath => Path.Combine(_folder.Path, "deep", "study.jsonl");

    [SetUp]
    public void NewFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    private protected override IStudyStorage Open() => new JournalFile(JournalPath);

    [Test]
    public void Read_whereTheLastLineIsHalf_isWithoutIt_andTheNextEntryTakesItsPlace()
    {
        var storage = Open();
        storage.TryAppend(0, "first", durable: true);
        File.AppendAllText(JournalPath, "{\"half");

        Assert.That(Open().Read(0), Is.EqualTo(new[] { "first" }));
        Assert.That(storage.TryAppend(1, "second", durable: true), Is.True);
        Assert.That(File.ReadAllText(JournalPath), Is.EqualTo("first\nsecond\n"));
    }

    [Test]
    public void Read_whereTheFileIsGone_isAnErrorThatNamesIt()
    {
        var storage = Open();
        storage.TryAppend(0, "first", durable: true);
        File.Delete(JournalPath);
        var thrown = Assert.Throws<ModelTrainingException>(() => storage.Read(1))!;

        Assert.That(thrown.Id, Is.EqualTo("MT4400"));
        Assert.That(thrown.Message, Does.Contain(JournalPath).And.Contain("Choose another path"));
    }

    [Test]
    public void Ask_whereAWorkerWasNotHeardOfForLong_takesItsTrial_andWhatItSaysThenDoesNotCount()
    {
        var time = new ManualTime();
        using var slow = Begin(time);
        using var quick = Begin(time);
        var trial = slow.Ask();
        Assert.That(quick.Ask().Number, Is.EqualTo(1), "it may be at it yet");
        time.Advance(TimeSpan.FromMinutes(3));

        var taken = quick.Ask();
        Assert.That((taken.Number, taken.Parameters["x"]), Is.EqualTo((0, trial.Parameters["x"])));
        slow.Tell(trial, 1);
        quick.Tell(taken, 2);
        Assert.That(quick.Trials[0].Value, Is.EqualTo(2));
        Assert.That(slow.Trials[0].Value, Is.EqualTo(2));
    }

    [Test]
    public void Ask_whereAWorkersProcessIsDead_takesItsTrialAtOnce()
    {
        var storage = Open();
        using (Begin(TimeProvider.System)) { }
        var dead = $"{WorkerName.Machine}/{int.MaxValue}/1/0";
        storage.TryAppend(1, $$"""{"kind":"ask","at":"{{DateTimeOffset.UtcNow:O}}","worker":"{{dead}}","trial":0,"parameters":{"x":0.25} }""", durable: true);
        storage.TryAppend(2, $$"""{"kind":"report","at":"{{DateTimeOffset.UtcNow:O}}","worker":"{{dead}}","trial":0,"step":1,"value":3}""", durable: true);
        using var study = Begin(TimeProvider.System);
        Assert.That(study.Trials[0].Reports, Has.Length.EqualTo(1));

        var trial = study.Ask();

        Assert.That((trial.Number, trial.Parameters["x"]), Is.EqualTo((0, 0.25)));
        Assert.That(study.Trials[0].Reports, Is.Empty, "it begins anew");
    }

    [Test]
    public void Dispose_givesBackWhatWasAskedFor()
    {
        using (var study = Begin(TimeProvider.System)) study.Ask();
        using var next = Begin(TimeProvider.System);

        Assert.That(next.Trials[0].State, Is.EqualTo(TrialState.Waiting));
        Assert.That(next.Ask().Number, Is.Zero);
    }

    private static IEnumerable<TestCaseData> Others()
    {
        yield return Case("looks for [x: float from 0 to 1]", o => o, "y");
        yield return Case("other objectives", o => o with { Directions = [MetricDirection.HigherIsBetter] });
        yield return Case("seed 42, not 7", o => o with { Seed = 7 });
        yield return Case("not of 'other data'", o => o with { Subject = "other data" });

        static TestCaseData Case(string says, Func<StudyOptions, StudyOptions> configure, string name = "x") => new TestCaseData(says, configure, name).SetArgDisplayNames(says);
    }

    [TestCaseSource(nameof(Others))]
    public void New_onTheStorageOfAnotherStudy_saysWhatIsDifferent(string says, Func<StudyOptions, StudyOptions> configure, string name)
    {
        using (Begin(TimeProvider.System)) { }
        var space = new SearchSpace();
        space.Float(name, 0, 1);
        var thrown = Assert.Throws<ModelTrainingException>(() => new Study(space, o => configure(o with { Storage = Open() })).Dispose())!;

        Assert.That(thrown.Id, Is.EqualTo("MT4401"));
        Assert.That(thrown.Message, Does.Contain(says).And.Contain(JournalPath).And.Contain("keep the new study elsewhere"));
    }

    [TestCase("MT4402", "no JSON object", "no json")]
    [TestCase("MT4402", "names no worker", """{"kind":"ask","at":"2026-01-01T00:00:00Z"}""")]
    [TestCase("MT4402", "of a trial that is not there", """{"kind":"tell","at":"2026-01-01T00:00:00Z","worker":"w","trial":9}""")]
    [TestCase("MT4402", "out of its range", """{"kind":"ask","at":"2026-01-01T00:00:00Z","worker":"w","trial":0,"parameters":{"x":7}}""")]
    [TestCase("MT4402", "begins another study", """{"kind":"study","at":"2026-01-01T00:00:00Z","version":1}""")]
    public void New_onAStorageWithSomethingElse_saysWhereAndWhat(string id, string says, string line)
    {
        using (Begin(TimeProvider.System)) { }
        Open().TryAppend(1, line, durable: true);
        var thrown = Assert.Throws<ModelTrainingException>(() => Begin(TimeProvider.System).Dispose())!;

        Assert.That(thrown.Id, Is.EqualTo(id));
        Assert.That(thrown.Message, Does.Contain("Entry 2").And.Contain(says).And.Contain("begin a new study"));
    }

    [Test]
    public void New_onAStudyOfANewerVersion_saysSo()
    {
        Open().TryAppend(0, """{"kind":"study","at":"2026-01-01T00:00:00Z","version":2}""", durable: true);
        var thrown = Assert.Throws<ModelTrainingException>(() => Begin(TimeProvider.System).Dispose())!;

        Assert.That(thrown.Id, Is.EqualTo("MT4403"));
        Assert.That(thrown.Message, Does.Contain("Update the library"));
    }

    private Study Begin(TimeProvider time)
    {
        var space = new SearchSpace();
        space.Float("x", 0, 1);
        return new Study(space, o => o with { Storage = Open(), Time = time, Sampler = new RandomSampler() });
    }
}
