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
        return new NetworkTrainer<MlpOptions>("Networks.Mlp", options, options.Build, Scaled);
    }

    /// <summary>A residual network for tables: quantities seen by learned sines and cosines, categories by learned vectors (Gorishniy et al., 2021 and 2022).</summary>
    /// <param name="configure">Changes the options.</param>
    public static ITrainer TabularResNet(Func<TabularResNetOptions, TabularResNetOptions>? configure = null)
    {
        var options = Configured(configure);
        return new NetworkTrainer<TabularResNetOptions>("Networks.TabularResNet", options, options.Build, Scaled with { MaxCategories = 1000 });
    }

    /// <summary>A residual network of convolutions on pictures whose pixels are the columns: channel after channel, row after row (He et al., 2016).</summary>
    /// <param name="configure">Changes the options, for example <c>o => o with { Channels = 3 }</c>.</param>
    public static ITrainer ResNet(Func<ResNetOptions, ResNetOptions>? configure = null)
    {
        var options = Configured(configure);
        return new NetworkTrainer<ResNetOptions>("Networks.ResNet", options, options.Build, Scaled);
    }

    /// <summary>A transformer on texts whose tokens' ids are the columns, in their order (Vaswani et al., 2017).</summary>
    /// <param name="configure">Changes the options; states the size of the vocabulary: <c>o => o with { VocabularySize = 8000 }</c>.</param>
    public static ITrainer TextEncoder(Func<TextEncoderOptions, TextEncoderOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = Configured(configure);
        return new NetworkTrainer<TextEncoderOptions>("Networks.TextEncoder", options, options.Build, new TrainerNeeds { TakesTensors = true });
    }

    /// <summary>A network of one's own.</summary>
    /// <param name="build">
    /// Takes the features, float [batch, features], a column of tensors as its elements in row-major order, and gives [batch, outputs]: a score for each class before the softmax, or the one number that is predicted, of a
    /// target that was brought to mean 0 and deviation 1. The second argument says how many outputs; the third is where first weights are drawn from.
    /// </param>
    /// <param name="configure">Changes the options.</param>
    public static ITrainer Of(Func<Value, int, SeededRandom, Value> build, Func<CustomNetworkOptions, CustomNetworkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(build);
        return new NetworkTrainer<CustomNetworkOptions>("Networks.Of", Configured(configure), input => build(input.Table, input.Outputs, input.Random), Scaled);
    }

    private static TrainerNeeds Scaled { get; } = new() { WantsScaling = true, TakesTensors = true };

    private static TOptions Configured<TOptions>(Func<TOptions, TOptions>? configure) where TOptions : new() =>
        configure is null ? new TOptions() : configure(new TOptions()) ?? throw new ArgumentException("The options must not be null.", nameof(configure));
}
