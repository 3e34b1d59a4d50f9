using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Neural networks as trainers. They train on the stock ONNX Runtime unless another backend is chosen.</summary>
public static class Networks
{
    /// <summary>A multi-layer perceptron: dense layers with an activation between them (Rumelhart, Hinton and Williams, 1986).</summary>
    /// <param name="configure">Changes the options, for example <c>o => o with { Hidden = [256, 128], Dropout = 0.2 }</c>.</param>
    public static ITrainer Mlp(Func<MlpOptions, MlpOptions>? configure = null)
    {
        var options = Configured(configure);
        return new NetworkTrainer<MlpOptions>("Networks.Mlp", options, options.Build);
    }

    /// <summary>A network of one's own.</summary>
    /// <param name="build">
    /// Takes the features, float [batch, features], and gives [batch, outputs]: a score for each class before the softmax, or the one number that is predicted, of a
    /// target that was brought to mean 0 and deviation 1. The second argument says how many outputs; the third is where first weights are drawn from.
    /// </param>
    /// <param name="configure">Changes the options.</param>
    public static ITrainer Of(Func<Value, int, SeededRandom, Value> build, Func<CustomNetworkOptions, CustomNetworkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(build);
        return new NetworkTrainer<CustomNetworkOptions>("Networks.Of", Configured(configure), build);
    }

    private static TOptions Configured<TOptions>(Func<TOptions, TOptions>? configure) where TOptions : new() =>
        configure is null ? new TOptions() : configure(new TOptions()) ?? throw new ArgumentException("The options must not be null.", nameof(configure));
}
