using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using ModelTraining.Tests.Hosts;

namespace ModelTraining.Tests.Predictors;

/// <summary>A container with a model, whose clock and log the test holds.</summary>
internal sealed class Service : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _provider;

    public Service(byte[]? model, Action<IServiceCollection, string>? add = null)
    {
        if (model is not null) File.WriteAllBytes(Path, model);
        var services = new ServiceCollection().AddSingleton<ILoggerFactory>(Log).AddSingleton<TimeProvider>(Clock)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>)); // the health check service wants it
        (add ?? ((all, path) => all.AddPredictor<Visit>(path)))(services, Path);
        services.AddHealthChecks().AddPredictors();
        _provider = services.BuildServiceProvider();
    }

    public string Path => _folder.File("model.onnx");

    public ListLog Log { get; } = new();

    public ManualClock Clock { get; } = new();

    public IServiceProvider Provider => _provider;

    public IPredictor<Visit, Prediction> Predictor => _provider.GetRequiredService<IPredictor<Visit, Prediction>>();

    /// <summary>Lets the service look at the file once.</summary>
    public void Look() => Clock.Advance(TimeSpan.FromSeconds(2));

    /// <summary>Puts another model in the file's place, and lets the service look until it has seen it at rest.</summary>
    public void Swap(byte[] model)
    {
        Model.Swap(Path, model);
        Look();
        Look();
    }

    public async Task<HealthReportEntry> HealthAsync()
    {
        var report = await _provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return report.Entries["predictors"];
    }

    public void Stop() => _provider.Dispose();

    public void Dispose()
    {
        _provider.Dispose();
        _folder.Dispose();
    }
}
