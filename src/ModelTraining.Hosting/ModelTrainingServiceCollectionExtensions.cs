using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ModelTraining;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Brings pipelines into a container.</summary>
public static class ModelTrainingServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="PipelineFactory"/>, whose pipelines take log, clock (<see cref="TimeProvider"/>) and trackers (each <see cref="IRunTracker"/>) from the
    /// container, and seed and threads from <see cref="ModelTrainingOptions"/>. Adds an <see cref="IModelStore"/> in <see cref="ModelTrainingOptions.ModelFolder"/>
    /// where the container has none. The options are checked when the host starts.
    /// </summary>
    /// <param name="services">The container's services.</param>
    /// <param name="configure">Changes the options. They can be set from configuration too, as any others of the container.</param>
    public static IServiceCollection AddModelTraining(this IServiceCollection services, Action<ModelTrainingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<ModelTrainingOptions>().ValidateOnStart();
        if (configure is not null) services.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelTrainingOptions>, ModelTrainingOptionsValidation>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(HostedStore.Open);
        services.TryAddSingleton(provider => new PipelineFactory(
            provider.GetRequiredService<IOptions<ModelTrainingOptions>>().Value,
            provider.GetServices<IRunTracker>(),
            () => HostedStore.Of(provider),
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<Pipeline>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
