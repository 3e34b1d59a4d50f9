namespace ModelTraining.Tests.Predictors;

internal sealed class ReloadTests
{
    private static readonly Visit One = new(1);

    [Test]
    public void Look_fileReplaced_takesTheNewModelAndLetsTheOldOneGo()
    {
        using var service = new Service(Model.Of(2));
        Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(2));

        service.Swap(Model.Of(3));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(3));
            Assert.That(service.Log.Entries.Select(entry => entry.Id), Is.EqualTo(new[] { 100, 104, 101 }));
        }
    }

    [Test]
    public void Look_fileAsItWas_loadsNothing()
    {
        using var service = new Service(Model.Of(2));
        service.Predictor.Predict(One);

        for (var i = 0; i < 5; i++) service.Look();

        Assert.That(service.Log.Entries.Select(entry => entry.Id), Is.EqualTo(new[] { 100 }));
    }

    [Test]
    public void Look_fileStillBeingWritten_waitsUntilItIsAtRest()
    {
        using var service = new Service(Model.Of(2));
        service.Predictor.Predict(One);
        var next = Model.Of(3);

        for (var part = 1; part <= 4; part++)
        {
            File.WriteAllBytes(service.Path, next[..(next.Length * part / 4)]);
            service.Look();
            Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(2));
        }

        service.Look();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(3));
            Assert.That(service.Log.Count(103), Is.Zero);
        }
    }

    [Test]
    public void Look_linkTurnedToAnotherFile_takesTheNewModel()
    {
        using var service = new Service(null);
        var folder = Path.GetDirectoryName(service.Path)!;
        foreach (var (release, factor) in new[] { ("one", 2f), ("two", 3f) })
        {
            Directory.CreateDirectory(Path.Combine(folder, release));
            File.WriteAllBytes(Path.Combine(folder, release, "model.onnx"), Model.Of(factor));
            File.SetLastWriteTimeUtc(Path.Combine(folder, release, "model.onnx"), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        }

        Link("one");
        Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(2));

        Link("two");
        service.Look();
        service.Look();

        Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(3));

        void Link(string release)
        {
            File.CreateSymbolicLink(service.Path + ".tmp", Path.Combine(folder, release, "model.onnx"));
            File.Move(service.Path + ".tmp", service.Path, overwrite: true);
        }
    }

    [Test]
    public void Look_fileDamagedThenRight_keepsTheOldModelMeanwhile()
    {
        using var service = new Service(Model.Of(2));
        service.Predictor.Predict(One);

        service.Swap(Model.Of(3)[..100]);
        for (var i = 0; i < 3; i++) service.Look();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(2));
            Assert.That(service.Log.Entries.Single(entry => entry.Id == 103).Text, Does.Contain("MT4").And.Contain(service.Path));
        }

        service.Swap(Model.Of(4));
        Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(4));
    }

    [Test]
    public void Look_fileGone_keepsTheModel()
    {
        using var service = new Service(Model.Of(2));
        service.Predictor.Predict(One);

        File.Delete(service.Path);
        for (var i = 0; i < 3; i++) service.Look();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(2));
            Assert.That(service.Log.Entries.Single(entry => entry.Id == 103).Text, Does.Contain("MT4301"));
        }
    }

    [Test]
    public void Look_fileThatComesLater_isTakenUp()
    {
        using var service = new Service(null);
        Assert.That(() => service.Predictor.Predict(One), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4300").And.Message.Contains("MT4301"));

        service.Swap(Model.Of(2));

        Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(2));
    }

    private static IEnumerable<TestCaseData> Unfit =>
    [
        new TestCaseData(Model.Of(3, ["age", "visits", "height"]), "height").SetArgDisplayNames("one more column"),
        new TestCaseData(Model.Of(3, type: ColumnType.DateTime), "DateTime").SetArgDisplayNames("another type"),
        new TestCaseData(Model.Of(3, otherColumns: []), "id").SetArgDisplayNames("a column not known"),
        new TestCaseData(Model.Classifier("no", "yes"), "BinaryClassification").SetArgDisplayNames("another task"),
    ];

    [TestCaseSource(nameof(Unfit))]
    public void Look_modelThatDoesNotTakeTheSameRows_keepsTheOldOne(byte[] model, string because)
    {
        using var service = new Service(Model.Of(2));
        service.Predictor.Predict(One);

        service.Swap(model);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(2));
            Assert.That(service.Log.Entries.Single(entry => entry.Id == 103).Text, Does.Contain("MT4302").And.Contain(because));
        }
    }

    [Test]
    public void Look_modelWithoutAClass_keepsTheOldOne()
    {
        using var service = new Service(Model.Classifier("no", "yes"));
        service.Predictor.Predict(One);

        service.Swap(Model.Classifier("no", "maybe"));

        Assert.That(service.Predictor.Predict(One)["yes"], Is.GreaterThan(0.5));
        Assert.That(service.Log.Entries.Single(entry => entry.Id == 103).Text, Does.Contain("MT4302").And.Contain("yes"));
    }

    [Test]
    public void Look_modelThatNeedsFewerColumns_isTaken_andTheFullOneAgain()
    {
        using var service = new Service(Model.Of(2));
        service.Predictor.Predict(One);

        service.Swap(Model.Of(3, ["age"], ["id", "visits"]));
        Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(3));

        service.Swap(Model.Of(4));
        Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(4));
    }

    [Test]
    public void Swap_whileEightThreadsPredict_failsNoCallAndLetsEachOldModelGo()
    {
        const int Swaps = 20;
        const int Readers = 8;
        using var service = new Service(Model.Of(1));
        var predictor = service.Predictor;
        var newest = 1;
        var stop = false;
        var calls = 0L;
        using var started = new CountdownEvent(Readers);
        var readers = Enumerable.Range(0, Readers).Select(reader => Task.Factory.StartNew(
            () =>
            {
                predictor.Predict(One);
                started.Signal();
                for (var call = 0; !Volatile.Read(ref stop); call++)
                {
                    // What was in service when the call began, or something newer that was there before it ended.
                    var oldest = Volatile.Read(ref newest);
                    var values = call % 4 == 0 ? predictor.Predict([One, One]).Select(prediction => prediction.Value!.Value).ToArray() : [predictor.Predict(One).Value!.Value];
                    Assert.That(values, Is.All.InRange(oldest, Volatile.Read(ref newest) + 1).And.All.EqualTo(values[0]));
                    Interlocked.Increment(ref calls);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();

        started.Wait();
        for (var swap = 1; swap <= Swaps; swap++)
        {
            var before = Volatile.Read(ref calls);
            service.Swap(Model.Of(swap + 1));
            Volatile.Write(ref newest, swap + 1);

            // Every model has to be met by calls.
            SpinWait.SpinUntil(() => Volatile.Read(ref calls) >= before + Readers || readers.Any(reader => reader.IsCompleted));
        }

        Volatile.Write(ref stop, true);
        Assert.That(() => Task.WaitAll(readers), Throws.Nothing);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(predictor.Predict(One).Value, Is.EqualTo(Swaps + 1));
            Assert.That(service.Log.Count(101), Is.EqualTo(Swaps));
            Assert.That(service.Log.Count(104), Is.EqualTo(Swaps), "sessions let go");
            Assert.That(service.Log.Count(103), Is.Zero);
        }

        service.Stop();
        Assert.That(service.Log.Count(104), Is.EqualTo(Swaps + 1));
    }
}
