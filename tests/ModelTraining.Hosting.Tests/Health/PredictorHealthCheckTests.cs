using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ModelTraining.Tests.Predictors;

namespace ModelTraining.Tests.Health;

internal sealed class PredictorHealthCheckTests
{
    [Test]
    public async Task Health_goesWithTheModel()
    {
        using var service = new Service(null);
        var none = await service.HealthAsync();
        service.Swap(Model.Of(2));
        var loaded = await service.HealthAsync();
        service.Swap("no model"u8.ToArray());
        var damaged = await service.HealthAsync();
        service.Swap(Model.Of(3));
        var repaired = await service.HealthAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(none.Status, Is.EqualTo(HealthStatus.Unhealthy));
            Assert.That(none.Exception?.Message, Does.Contain("MT4301"));
            Assert.That(loaded.Status, Is.EqualTo(HealthStatus.Healthy));
            Assert.That(loaded.Data["model"], Is.EqualTo("Times 2, trained 2026-01-01 00:00:00Z"));
            Assert.That(damaged.Status, Is.EqualTo(HealthStatus.Degraded));
            Assert.That(damaged.Exception?.Message, Does.Contain("MT4200"));
            Assert.That(damaged.Data["model"], Does.StartWith("Times 2"));
            Assert.That(repaired.Status, Is.EqualTo(HealthStatus.Healthy));
            Assert.That(repaired.Data["model"], Does.StartWith("Times 3"));
        }
    }

    [Test]
    public async Task Health_ofSeveralModels_isThatOfTheWorst()
    {
        using var service = new Service(Model.Of(2), (services, path) => services.AddKeyedPredictor<Visit>("there", path).AddKeyedPredictor<Visit>("missing", path + "x"));

        var health = await service.HealthAsync();

        Assert.That(health.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(health.Description, Is.EqualTo("missing has no model."));
    }

    [Test]
    public async Task Health_withoutPredictors_saysSo()
    {
        using var service = new Service(null, (_, _) => { });

        Assert.That((await service.HealthAsync()).Description, Does.Contain("AddPredictor"));
    }
}
