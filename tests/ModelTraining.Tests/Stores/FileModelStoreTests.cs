using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Stores;

internal sealed class FileModelStoreTests
{
    private TemporaryFolder _folder = null!;
    private FileModelStore _store = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _store = new FileModelStore(_folder.File("models"));
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Save_modelAfterModel_givesVersionsThatAreReadBackAsTheyWere()
    {
        var first = await _store.SaveAsync("income", StoredBytes.Of(2));
        var second = await _store.SaveAsync("income", StoredBytes.Of(3));
        await _store.SaveAsync("churn", StoredBytes.Of(4));

        var all = await _store.ListAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.ToString(), Is.EqualTo("income/1"));
            Assert.That(second.Version, Is.EqualTo(2));
            Assert.That(all.Select(model => model.ToString()), Is.EqualTo(new[] { "churn/1", "income/1", "income/2" }));
            Assert.That(all[2].Manifest.Trainer, Is.EqualTo("Times 3"));
            Assert.That(all[2].Manifest.Metrics["rmse"], Is.EqualTo(3));
            Assert.That(await _store.ReadAsync("income", 1), Is.EqualTo(StoredBytes.Of(2)));
            Assert.That(File.ReadAllBytes(second.Location), Is.EqualTo(StoredBytes.Of(3)));
            Assert.That((await _store.ListAsync("churn")).Single().Bytes, Is.EqualTo(StoredBytes.Of(4).Length));
        }
    }

    [Test]
    public async Task Get_byAliasNumberOrLatest_followsTheAlias()
    {
        await _store.SaveAsync("income", StoredBytes.Of(2));
        await _store.SaveAsync("income", StoredBytes.Of(3));
        await _store.SetAliasAsync("income", "production", 1);
        var before = await _store.GetAsync("income", "production");
        await _store.SetAliasAsync("income", "production", 2);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Version, Is.EqualTo(1));
            Assert.That(before.Aliases, Is.EqualTo(new[] { "production" }));
            Assert.That((await _store.GetAsync("income", "production")).Version, Is.EqualTo(2));
            Assert.That((await _store.GetAsync("income", "1")).Aliases, Is.Empty);
            Assert.That((await _store.GetAsync("income")).Version, Is.EqualTo(2));
        }

        await _store.SetAliasAsync("income", "production", null);
        await _store.SetAliasAsync("income", "production", null);
        Assert.That(async () => await _store.GetAsync("income", "production"), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4311"));
    }

    [Test]
    public async Task Get_ofAWrongName_namesTheNearest()
    {
        await _store.SaveAsync("income", StoredBytes.Of(2));
        await _store.SetAliasAsync("income", "production", 1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(async () => await _store.GetAsync("incone"), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4311").And.Message.Contains("'income'"));
            Assert.That(async () => await _store.GetAsync("income", "producton"), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("Did you mean 'production'"));
            Assert.That(async () => await _store.ReadAsync("income", 7), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4311").And.Message.Contains("'7'"));
            Assert.That(async () => await _store.SetAliasAsync("income", "staging", 7), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4311"));
        }
    }

    [Test]
    public async Task Delete_ofAVersion_neverGivesItsNumberAgain()
    {
        await _store.SaveAsync("income", StoredBytes.Of(2));
        await _store.SaveAsync("income", StoredBytes.Of(3));
        await _store.SetAliasAsync("income", "production", 2);

        Assert.That(async () => await _store.DeleteAsync("income", 2), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4312").And.Message.Contains("production"));
        await _store.SetAliasAsync("income", "production", 1);
        await _store.DeleteAsync("income", 2);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await _store.ListAsync("income")).Single().Version, Is.EqualTo(1));
            Assert.That(async () => await _store.ReadAsync("income", 2), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4311"));
            Assert.That(async () => await _store.DeleteAsync("income", 2), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4311"));
            Assert.That((await _store.SaveAsync("income", StoredBytes.Of(4))).Version, Is.EqualTo(3));
            Assert.That(Directory.GetFiles(_folder.File("models"), "model.onnx", SearchOption.AllDirectories), Has.Length.EqualTo(2));
        }
    }

    [TestCase("../income")]
    [TestCase("..")]
    [TestCase("a/b")]
    [TestCase("")]
    public void Any_hostileName_isRefusedAndLeavesNothing(string name)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(IdOf(async () => await _store.SaveAsync(name, StoredBytes.Of(2))), Is.EqualTo("MT4310"));
            Assert.That(IdOf(async () => await _store.ReadAsync(name, 1)), Is.EqualTo("MT4310"));
            Assert.That(IdOf(async () => await _store.ListAsync(name)), Is.EqualTo("MT4310"));
            Assert.That(IdOf(async () => await _store.DeleteAsync(name, 1)), Is.EqualTo("MT4310"));
            Assert.That(IdOf(async () => await _store.SetAliasAsync(name, "production", 1)), Is.EqualTo("MT4310"));
            Assert.That(IdOf(async () => await _store.SetAliasAsync("income", name, 1)), Is.EqualTo("MT4310"));
            Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
        }
    }

    [TestCase("latest")]
    [TestCase("3")]
    [TestCase("a.b")]
    [TestCase("a@b")]
    public async Task SetAlias_thatMeansSomethingElse_isRefused(string alias)
    {
        await _store.SaveAsync("income", StoredBytes.Of(2));

        Assert.That(async () => await _store.SetAliasAsync("income", alias, 1), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4310"));
    }

    [Test]
    public void Save_ofWhatIsNoModel_leavesNothing()
    {
        Assert.That(async () => await _store.SaveAsync("income", "no model"u8.ToArray()), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT42"));
        Assert.That(Directory.Exists(_store.Folder), Is.False);
    }

    [Test]
    public void Save_whereNothingCanBeWritten_saysSo()
    {
        File.WriteAllText(_store.Folder, "a file in the folder's place");

        Assert.That(async () => await _store.SaveAsync("income", StoredBytes.Of(2)), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4001").And.Message.Contains(_store.Folder));
    }

    [Test]
    public async Task Read_ofAChangedFile_isAnError()
    {
        var stored = await _store.SaveAsync("income", StoredBytes.Of(2));
        var bytes = File.ReadAllBytes(stored.Location);
        bytes[^1] ^= 1;
        File.WriteAllBytes(stored.Location, bytes);

        Assert.That(async () => await _store.ReadAsync("income", 1), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4313").And.Message.Contains(stored.Location));
    }

    [TestCase("version.json", "{", "MT4313")]
    [TestCase("version.json", "null", "MT4313")]
    [TestCase("manifest.json", "{}", "MT4210")]
    [TestCase("../aliases/production", "x", "MT4313")]
    public async Task List_ofADamagedFile_namesIt(string file, string content, string id)
    {
        var stored = await _store.SaveAsync("income", StoredBytes.Of(2));
        await _store.SetAliasAsync("income", "production", 1);
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(stored.Location)!, file), content);

        Assert.That(async () => await _store.ListAsync("income"), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith(id));
    }

    [Test]
    public async Task List_ofAVersionThatIsBeingWritten_doesNotShowIt()
    {
        await _store.SaveAsync("income", StoredBytes.Of(2));
        Directory.CreateDirectory(Path.Combine(_store.Folder, "income", ".0123"));

        Assert.That(await _store.ListAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Save_fromManyThreads_givesEachANumberOfItsOwn()
    {
        // As many stores as there could be processes: they share nothing but the folder.
        var models = Enumerable.Range(1, 24).Select(factor => StoredBytes.Of(factor)).ToArray();
        var saved = new StoredModel[models.Length];
        Parallel.For(0, models.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => saved[i] = new FileModelStore(_store.Folder).SaveAsync("income", models[i]).AsTask().Result);

        Assert.That(saved.Select(model => model.Version).Order(), Is.EqualTo(Enumerable.Range(1, models.Length)));
        for (var i = 0; i < models.Length; i++) Assert.That(await _store.ReadAsync("income", saved[i].Version), Is.EqualTo(models[i]));
    }

    [Test]
    public async Task Export_intoAStore_savesTheComparedModelUnderItsAlias()
    {
        var run = await Given.ShopPipeline().Train(Given.SmallTrees).Evaluate().Export(_store, "shop", alias: "staging").RunAsync();

        var stored = await _store.GetAsync("shop", "staging");
        using var predictor = Predictor.Load(await _store.ReadAsync("shop", stored.Version));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Exports.Single().Stored!.ToString(), Is.EqualTo("shop/1"));
            Assert.That(run.Exports.Single().Parity.LargestDifference, Is.LessThan(Parity.Tolerance));
            Assert.That(stored.Manifest.Metrics["roc_auc"], Is.EqualTo(run.Evaluation["roc_auc"]));
            Assert.That(predictor.Manifest.Trainer, Is.EqualTo("Trees.GradientBoosting"));
            Assert.That(run.ToMarkdown(), Does.Contain("shop"));
        }
    }

    [TestCase("../shop", null)]
    [TestCase("shop", "latest")]
    [TestCase("shop", "a/b")]
    public void Export_underAHostileName_failsBeforeAnythingIsRead(string name, string? alias)
    {
        var source = new CountingSource(Given.Shop());
        var pipeline = Pipeline.From(source).Clean().Split().Train(Given.SmallTrees).Export(_store, name, alias);

        Assert.That(async () => await pipeline.RunAsync(), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT1610").And.Message.Contains("FileModelStoreTests.cs"));
        Assert.That(source.Reads, Is.Zero);
    }

    private static string IdOf(Func<Task> call) => Assert.ThrowsAsync<ModelTrainingException>(call)!.Id;
}
