using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ModelTraining;

/// <summary>Loads the models when the host starts, so that the first request does not wait for it, and the log says at once what is missing.</summary>
internal sealed class PredictorStartup(IServiceProvider provider) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // A model is loaded where it is made. Here and not in the constructor: a service that starts earlier may be the one that trains it.
        foreach (var model in provider.GetServices<HostedModel>()) await model.Loading.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
