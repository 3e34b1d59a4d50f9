using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ModelTraining.Tests.Predictors;

internal sealed class StorePredictorTests
{
    private static readonly Visit One = new(1);
    private TemporaryFolder _folder = null!;
    private FileModelStore _store = null!;

    [SetUp]
    public async Task SetUp()
    {
        _folder = new TemporaryFolder();
        _store = new FileModelStore(_folder.Path);
        await _store.SaveAsync("visits", Model.Of(2));
        await _store.SaveAsync("visits", Model.Of(3));
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Look_aliasMoved_takesThatVersion_andBack()
    {
        await _store.SetAliasAsync("visits", "production", 1);
        using var service = Serve("models:/visits@production");
        var before = service.Predictor.Predict(One).Value;

        await _store.SetAliasAsync("visits", "production", 2);
        Look(service);
        var moved = service.Predictor.Predict(One).Value;
        await _store.SetAliasAsync("visits", "production", 1);
        Look(service);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo(2));
            Assert.That(moved, Is.EqualTo(3));
            Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(2));
            Assert.That(service.Log.Entries.Where(entry => entry.Id is 100 or 101).Select(entry => entry.Text), Has.Some.Contain("models:/visits@production (visits/2)"));
            Assert.That(service.Log.Count(104), Is.EqualTo(2), "sessions let go");
        }
    }

    [Test]
    public async Task Look_newVersion_isTakenAsTheLatest_andNotInAFixedOnesPlace()
    {
        using var latest = Serve("models:/visits/latest");
        using var first = Serve("models:/visits/1");
        Assert.That((latest.Predictor.Predict(One).Value, first.Predictor.Predict(One).Value), Is.EqualTo((3, 2)));

        await _store.SaveAsync("visits", Model.Of(4));
        Look(latest);
        Look(first);

        Assert.That((latest.Predictor.Predict(One).Value, first.Predictor.Predict(One).Value), Is.EqualTo((4, 2)));
        Assert.That(first.Log.Count(101), Is.Zero);
    }

    [Test]
    public async Task Look_aliasThatComesLater_isTakenUp_andKeptWhenItIsTakenAway()
    {
        using var service = Serve("models:/visits@production");
        Assert.That(() => service.Predictor.Predict(One), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4300").And.Message.Contains("MT4311").And.Message.Contains("production"));
        for (var i = 0; i < 3; i++) Look(service);
        Assert.That(service.Log.Count(102), Is.EqualTo(1), "said once, not at every look");

        await _store.SetAliasAsync("visits", "production", 2);
        Look(service);
        Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(3));

        await _store.SetAliasAsync("visits", "production", null);
        Look(service);
        Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(3));
        Assert.That(service.Log.Count(103), Is.EqualTo(1));
    }

    [Test]
    public async Task Look_versionOfAnotherKind_keepsTheOldOne()
    {
        using var service = Serve("models:/visits/latest");
        service.Predictor.Predict(One);

        await _store.SaveAsync("visits", Model.Classifier("no", "yes"));
        Look(service);

        Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(3));
        Assert.That(service.Log.Entries.Single(entry => entry.Id == 103).Text, Does.Contain("MT4302"));
    }

    [Test]
    public async Task Start_ofAStoreThatTakesItsTime_waitsForTheModel()
    {
        var slow = new SlowStore(_store);
        using var service = Serve("models:/visits/latest", slow);
        var starting = service.Provider.GetServices<IHostedService>().OfType<PredictorStartup>().Single().StartAsync(CancellationToken.None);
        Assert.That(starting.IsCompleted, Is.False);
        Assert.That(() => service.Predictor.Predict(One), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("not loaded yet"));

        slow.Answer.SetResult();
        await starting;

        Assert.That(service.Predictor.Predict(One).Value, Is.EqualTo(3));
    }

    [Test]
    public async Task Dispose_whileAStoreIsAsked_endsTheAsking()
    {
        var slow = new SlowStore(_store);
        using var service = Serve("models:/visits/latest", slow);
        var model = service.Provider.GetServices<HostedModel>().Single();

        service.Stop();
        await model.Loading;

        Assert.That(service.Log.Entries, Is.Empty);
        Assert.That(service.Clock.TimersAlive, Is.Zero);
    }

    [TestCase("models:/")]
    [TestCase("models:/visits")]
    [TestCase("models:/visits@")]
    [TestCase("models:/@production")]
    [TestCase("models:/a/b/1")]
    public void AddPredictor_malformedReference_isRefused(string reference) =>
        Assert.That(() => new ServiceCollection().AddPredictor<Visit>(reference), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT1611").And.Message.Contains(reference));

    [Test]
    public void AddPredictor_withoutAStoreInTheContainer_saysSo()
    {
        using var provider = new ServiceCollection().AddPredictor<Visit>("models:/visits@production").BuildServiceProvider();

        Assert.That(() => provider.GetRequiredService<IPredictor<Visit, Prediction>>(), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT1612"));
    }

    private Service Serve(string reference, IModelStore? store = null) =>
        new(null, (services, _) => services.AddSingleton(store ?? _store).AddPredictor<Visit>(reference));

    // Two looks: what was just met is read once it is at rest.
    private static void Look(Service service)
    {
        service.Look();
        service.Look();
    }
}
