using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ModelTraining.Tests.Predictors;

internal sealed class PredictorServiceTests
{
    [Test]
    public void Predict_ofObjectsAndDictionaries_oneAndMany()
    {
        using var service = new Service(Model.Of(2), (services, path) => services.AddPredictor<Visit>(path).AddPredictor<Dictionary<string, object?>>(path));
        var dictionaries = service.Provider.GetRequiredService<IPredictor<Dictionary<string, object?>, Prediction>>();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.Predictor.Predict(new Visit(21)).Value, Is.EqualTo(42));
            Assert.That(service.Predictor.Predict([new Visit(1), new Visit(2)]).Select(prediction => prediction.Value), Is.EqualTo(new float?[] { 2, 4 }));
            Assert.That(dictionaries.Predict(new Dictionary<string, object?> { ["age"] = "21", ["visits"] = null, ["id"] = "x" }).Value, Is.EqualTo(42));
        }
    }

    [Test]
    public void Predict_withASelection_givesWhatItMakes()
    {
        using var service = new Service(Model.Classifier("no", "yes"), (services, path) => services.AddPredictor<Visit, float>(path, prediction => prediction["yes"]));
        var predictor = service.Provider.GetRequiredService<IPredictor<Visit, float>>();

        Assert.That(predictor.Predict(new Visit(0)), Is.EqualTo(0.5f));
        Assert.That(predictor.Predict([new Visit(0), new Visit(100)]), Is.EqualTo(new[] { 0.5f, 1f }));
    }

    [Test]
    public void Predict_ofAColumnThatAFunctionComputed_saysThatTheCallerHasTo()
    {
        using var service = new Service(Model.Of(2, columns: ["age", "per visit"], computed: "per visit"), (services, path) => services.AddPredictor<Visit>(path).AddPredictor<Dictionary<string, object?>>(path));
        var failure = Assert.Throws<ModelTrainingException>(() => service.Predictor.Predict(new Visit(21)))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Id, Is.EqualTo("MT4300"), failure.Message);
            Assert.That(failure.Message, Does.Contain("no column 'per visit', which a function computed in training (Feature.Of)"));
            Assert.That(service.Provider.GetRequiredService<IPredictor<Dictionary<string, object?>, Prediction>>().Predict(new Dictionary<string, object?> { ["age"] = 21, ["per visit"] = 3 }).Value, Is.EqualTo(42));
        }
    }

    [Test]
    public void AddKeyedPredictor_severalModels_areEachTheirOwn()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("b.onnx"), Model.Of(3));
        using var service = new Service(Model.Of(2), (services, path) => services
            .AddKeyedPredictor<Visit>("a", path)
            .AddKeyedPredictor<Visit, string>("a", path, prediction => $"a {prediction.Value}")
            .AddKeyedPredictor<Visit>("b", folder.File("b.onnx")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.Provider.GetRequiredKeyedService<IPredictor<Visit, Prediction>>("a").Predict(new Visit(1)).Value, Is.EqualTo(2));
            Assert.That(service.Provider.GetRequiredKeyedService<IPredictor<Visit, string>>("a").Predict(new Visit(1)), Is.EqualTo("a 2"));
            Assert.That(service.Provider.GetRequiredKeyedService<IPredictor<Visit, Prediction>>("b").Predict(new Visit(1)).Value, Is.EqualTo(3));
            Assert.That(service.Provider.GetService<IPredictor<Visit, Prediction>>(), Is.Null);
        }
    }

    [Test]
    public void AddPredictor_wrongOptions_areReportedTogether()
    {
        var services = new ServiceCollection();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => services.AddPredictor<Visit>(" "), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT1603"));
            Assert.That(
                () => services.AddPredictor<Visit>("model.onnx", options => options with { ReloadInterval = TimeSpan.Zero, Predictor = new PredictorOptions { Threads = 0 } }),
                Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT1602").And.Message.Contains("MT1501"));
            Assert.That(() => services.AddPredictor<Visit>("model.onnx", options => options with { ReloadInterval = Timeout.InfiniteTimeSpan }), Throws.Nothing);
        }
    }

    [Test]
    public async Task Start_loadsTheModels_andRefusesOneThatDoesNotTakeTheRows()
    {
        using var service = new Service(Model.Of(2, ["age", "height"]), (services, path) => services.AddPredictor<Visit>(path).AddPredictor<Dictionary<string, object?>>(path));

        foreach (var hosted in service.Provider.GetServices<IHostedService>()) await hosted.StartAsync(CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.Log.Count(100), Is.EqualTo(1));
            Assert.That(service.Log.Entries.Single(entry => entry.Id == 102).Text, Does.Contain("MT2501").And.Contain("height").And.Contain(service.Path));
            Assert.That(() => service.Predictor.Predict(new Visit(1)), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4300").And.Message.Contains("height"));
        }
    }

    [Test]
    public void Dispose_letsTheModelGo_andEndsTheLooking()
    {
        using var service = new Service(Model.Of(2));
        var predictor = service.Predictor;
        Assert.That(service.Clock.TimersAlive, Is.EqualTo(1));

        service.Stop();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(service.Clock.TimersAlive, Is.Zero);
            Assert.That(service.Log.Count(104), Is.EqualTo(1));
            Assert.That(() => predictor.Predict(new Visit(1)), Throws.TypeOf<ObjectDisposedException>());
        }
    }
}
