using Microsoft.Extensions.Diagnostics.HealthChecks;
using ModelTraining;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Brings the models of <c>AddPredictor</c> into health checks.</summary>
public static class PredictorHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds one check of all models: healthy when each is in service, degraded when the newest of a file could not be loaded and the one before it serves,
    /// unhealthy when there is one that has no model. Its data has a line for each model.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What to report when a model is missing; null for unhealthy.</param>
    /// <param name="tags">Tags to choose checks by, for example "ready".</param>
    public static IHealthChecksBuilder AddPredictors(this IHealthChecksBuilder builder, string name = "predictors", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, provider => new PredictorHealthCheck(provider.GetServices<HostedModel>()), failureStatus, tags));
    }
}
