using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ModelTraining;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Brings models into a container, as <see cref="IPredictor{TIn, TOut}"/>. A model is loaded when the host starts. When its file changes, by renaming another over
/// it or by writing to it, the new model is loaded beside the old one, tried, and put in its place; calls that run finish with the old one, which is then let go.
/// A file that is missing or wrong stops neither the host nor the model in service: log and health check say so, and it is taken up once it is right.
/// Instead of a path, <c>models:/income@production</c> takes a model from the container's <see cref="IModelStore"/>: the version that the alias points to, and another
/// once the alias is moved; <c>models:/income/latest</c> the newest version, <c>models:/income/3</c> always that one.
/// </summary>
public static class PredictorServiceCollectionExtensions
{
    private const DynamicallyAccessedMemberTypes Properties = DynamicallyAccessedMemberTypes.PublicProperties;

    /// <summary>Adds a model that gives predictions as they are: inject <c>IPredictor&lt;TIn, Prediction&gt;</c>.</summary>
    /// <typeparam name="TIn">A row: a class with the model's columns as properties, or <c>Dictionary&lt;string, object?&gt;</c>.</typeparam>
    /// <param name="services">The container's services.</param>
    /// <param name="path">An ONNX file that this library exported, a relative path being taken from the current directory; or a reference to a store.</param>
    /// <param name="configure">Changes the options.</param>
    /// <exception cref="ModelTrainingException">MT1602, MT150x: an option is wrong. MT1603: there is no path. MT1611: the reference is malformed.</exception>
    public static IServiceCollection AddPredictor<[DynamicallyAccessedMembers(Properties)] TIn>(
        this IServiceCollection services, string path, Func<PredictorServiceOptions, PredictorServiceOptions>? configure = null) =>
        Add<TIn, Prediction>(services, null, path, prediction => prediction, configure);

    /// <summary>Adds a model whose predictions are made into something else: inject <c>IPredictor&lt;TIn, TOut&gt;</c>.</summary>
    /// <typeparam name="TIn">A row: a class with the model's columns as properties, or <c>Dictionary&lt;string, object?&gt;</c>.</typeparam>
    /// <typeparam name="TOut">What is made of a prediction.</typeparam>
    /// <param name="services">The container's services.</param>
    /// <param name="path">An ONNX file that this library exported, a relative path being taken from the current directory; or a reference to a store.</param>
    /// <param name="select">Makes it, for example <c>prediction => prediction["yes"]</c>. Called from many threads.</param>
    /// <param name="configure">Changes the options.</param>
    /// <exception cref="ModelTrainingException">MT1602, MT150x: an option is wrong. MT1603: there is no path. MT1611: the reference is malformed.</exception>
    public static IServiceCollection AddPredictor<[DynamicallyAccessedMembers(Properties)] TIn, TOut>(
        this IServiceCollection services, string path, Func<Prediction, TOut> select, Func<PredictorServiceOptions, PredictorServiceOptions>? configure = null) =>
        Add<TIn, TOut>(services, null, path, select, configure);

    /// <summary>Adds one of several models: inject <c>[FromKeyedServices("churn")] IPredictor&lt;TIn, Prediction&gt;</c>.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="key">Which one it is, for example "churn".</param>
    /// <param name="path">An ONNX file that this library exported, a relative path being taken from the current directory; or a reference to a store.</param>
    /// <param name="configure">Changes the options.</param>
    /// <inheritdoc cref="AddPredictor{TIn}"/>
    public static IServiceCollection AddKeyedPredictor<[DynamicallyAccessedMembers(Properties)] TIn>(
        this IServiceCollection services, object key, string path, Func<PredictorServiceOptions, PredictorServiceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Add<TIn, Prediction>(services, key, path, prediction => prediction, configure);
    }

    /// <summary>Adds one of several models, whose predictions are made into something else: inject <c>[FromKeyedServices("churn")] IPredictor&lt;TIn, TOut&gt;</c>.</summary>
    /// <param name="services">The container's services.</param>
    /// <param name="key">Which one it is, for example "churn".</param>
    /// <param name="path">An ONNX file that this library exported, a relative path being taken from the current directory; or a reference to a store.</param>
    /// <param name="select">Makes it, for example <c>prediction => prediction["yes"]</c>. Called from many threads.</param>
    /// <param name="configure">Changes the options.</param>
    /// <inheritdoc cref="AddPredictor{TIn, TOut}"/>
    public static IServiceCollection AddKeyedPredictor<[DynamicallyAccessedMembers(Properties)] TIn, TOut>(
        this IServiceCollection services, object key, string path, Func<Prediction, TOut> select, Func<PredictorServiceOptions, PredictorServiceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Add<TIn, TOut>(services, key, path, select, configure);
    }

    private static IServiceCollection Add<[DynamicallyAccessedMembers(Properties)] TIn, TOut>(
        IServiceCollection services, object? key, string path, Func<Prediction, TOut> select, Func<PredictorServiceOptions, PredictorServiceOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(select);
        if (string.IsNullOrWhiteSpace(path)) throw new ModelTrainingException("MT1603", "AddPredictor takes the path of a model's file. Got nothing.");
        var options = configure is null ? new PredictorServiceOptions() : configure(new PredictorServiceOptions());
        ArgumentNullException.ThrowIfNull(options, nameof(configure));
        if (options.Validate().ToArray() is { Length: > 0 } problems) throw new ModelTrainingException(problems);

        var reference = ModelReference.IsMeant(path) ? ModelReference.Parse(path) : null;
        var full = Path.GetFullPath(path);
        var name = key?.ToString() ?? reference?.Name ?? Path.GetFileNameWithoutExtension(full);

        // A key that nobody else has: what is added twice must not share a model.
        var own = new object();
        services.AddKeyedSingleton(own, (provider, _) => new HostedModel(
            name,
            new ModelSource(
                reference is null ? new FileOrigin(full) : new StoreOrigin(HostedStore.Of(provider), reference),
                options.Predictor,
                predictor => predictor.Predict(Enumerable.Empty<TIn>())),
            options.ReloadInterval,
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            (provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<Predictor>()));
        services.AddSingleton(provider => provider.GetRequiredKeyedService<HostedModel>(own));
        services.AddKeyedSingleton<IPredictor<TIn, TOut>>(key, (provider, _) => new HostedPredictor<TIn, TOut>(provider.GetRequiredKeyedService<HostedModel>(own), select));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PredictorStartup>());
        return services;
    }
}
