using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ModelTraining;

/// <summary>The store of a container.</summary>
internal static class HostedStore
{
    /// <exception cref="ModelTrainingException">MT1612: there is none.</exception>
    public static IModelStore Of(IServiceProvider provider) => provider.GetService<IModelStore>() ?? throw None();

    /// <summary>What <c>AddModelTraining</c> registers for containers that have no store of their own.</summary>
    public static IModelStore Open(IServiceProvider provider) => provider.GetRequiredService<IOptions<ModelTrainingOptions>>().Value.ModelFolder is { } folder
        ? new FileModelStore(folder, provider.GetService<TimeProvider>())
        : throw None();

    private static ModelTrainingException None() =>
        new("MT1612", "The container has no model store. Set AddModelTraining's 'ModelFolder', or add an IModelStore.");
}
