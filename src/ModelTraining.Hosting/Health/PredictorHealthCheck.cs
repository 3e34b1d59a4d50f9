using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ModelTraining;

/// <summary>Whether every model is in service, and the newest that its file had.</summary>
internal sealed class PredictorHealthCheck(IEnumerable<HostedModel> models) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>();
        var status = HealthStatus.Healthy;
        var troubles = new List<string>();
        Exception? cause = null;
        foreach (var model in models)
        {
            var (manifest, failure) = (model.Manifest, model.Failure);
            data[model.Name] = manifest is null ? "no model" : $"{manifest.Trainer}, trained {manifest.TrainedAt:u}";
            if (manifest is null)
            {
                status = context.Registration.FailureStatus;
                troubles.Add($"{model.Name} has no model.");
            }
            else if (failure is not null)
            {
                if (status == HealthStatus.Healthy) status = HealthStatus.Degraded;
                troubles.Add($"{model.Name} keeps the model it has, since its new one could not be loaded.");
            }

            cause ??= failure;
        }

        if (data.Count == 0)
        {
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, "There is no predictor. Add one with AddPredictor."));
        }

        return Task.FromResult(new HealthCheckResult(status, troubles.Count == 0 ? "Every model is in service." : string.Join(' ', troubles), cause, data));
    }
}
