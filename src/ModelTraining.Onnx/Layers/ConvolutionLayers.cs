namespace ModelTraining.Onnx;

/// <summary>Convolutions. Weights are constants named after the layer: conv.weight, conv.bias.</summary>
public static class ConvolutionLayers
{
    /// <param name="value">What the layer is applied to.</param>
    extension(Value value)
    {
        /// <summary>A convolution over a signal: [batch, channels, length] becomes [batch, filters, length'].</summary>
        /// <inheritdoc cref="extension(Value).Conv2D(int, int, SeededRandom, int, int, int, int, bool, Initializer, string?)"/>
        public Value Conv1D(int filters, int kernel, SeededRandom random, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, bool bias = true, Initializer initializer = Initializer.FanInUniform, string? name = null) =>
            Convolve(value, 1, filters, kernel, random, stride, padding, dilation, groups, bias, initializer, name);

        /// <summary>A convolution over images: [batch, channels, height, width] becomes [batch, filters, height', width'].</summary>
        /// <param name="filters">The channels of the result; a multiple of <paramref name="groups"/>.</param>
        /// <param name="kernel">The size of the kernel in each dimension; at least 1.</param>
        /// <param name="random">Draws the weights, of shape [filters, channels / groups, kernel, kernel].</param>
        /// <param name="stride">The step of the kernel.</param>
        /// <param name="padding">The zeros added on each side. kernel / 2 keeps the size where stride and dilation are 1 and the kernel is odd.</param>
        /// <param name="dilation">The distance between neighbours of the kernel.</param>
        /// <param name="groups">The parts that the channels are divided into, each convolved by itself; as many as channels for a depthwise convolution.</param>
        /// <param name="bias">Whether there is a bias.</param>
        /// <param name="initializer">How weights are drawn. A bias is uniform in ±1/√fan-in by default, as in PyTorch, otherwise 0, as in Keras.</param>
        /// <param name="name">The layer's name; conv0, conv1, ... by default.</param>
        /// <exception cref="ModelTrainingException">MT1700: a number is too small. MT1702: <paramref name="groups"/> does not divide channels and filters. MT3015: the channels are not known. MT3100: the kernel is larger than the input.</exception>
        public Value Conv2D(int filters, int kernel, SeededRandom random, int stride = 1, int padding = 0, int dilation = 1, int groups = 1, bool bias = true, Initializer initializer = Initializer.FanInUniform, string? name = null) =>
            Convolve(value, 2, filters, kernel, random, stride, padding, dilation, groups, bias, initializer, name);

        /// <summary>A transposed convolution over images, which enlarges by its stride: [batch, channels, height, width] becomes [batch, filters, (height − 1)·stride + kernel − 2·padding, ...].</summary>
        /// <param name="filters">The channels of the result; at least 1.</param>
        /// <param name="kernel">The size of the kernel in each dimension; at least 1.</param>
        /// <param name="random">Draws the weights, of shape [channels, filters, kernel, kernel].</param>
        /// <param name="stride">By how much it enlarges.</param>
        /// <param name="padding">What is cut off on each side.</param>
        /// <param name="bias">Whether there is a bias.</param>
        /// <param name="initializer">How weights are drawn.</param>
        /// <param name="name">The layer's name; convtranspose0, ... by default.</param>
        /// <exception cref="ModelTrainingException">MT1700: a number is too small. MT3015: the channels are not known.</exception>
        public Value ConvTranspose2D(int filters, int kernel, SeededRandom random, int stride = 1, int padding = 0, bool bias = true, Initializer initializer = Initializer.FanInUniform, string? name = null)
        {
            const string layer = "ConvTranspose2D";
            var channels = LayerShapes.Size(layer, value, 1, 4);
            Check(layer, filters, kernel, stride, padding, 1);
            var weights = new LayerWeights(value, "convtranspose", name);
            var (fanIn, fanOut) = ((long)filters * kernel * kernel, channels * kernel * kernel);
            var weight = weights.Draw("weight", initializer, random, fanIn, fanOut, channels, filters, kernel, kernel);
            return LayerShapes.Add("ConvTranspose", Inputs(value, weight, weights, bias, filters, random, fanIn, initializer), ("kernel_shape", Each(2, kernel)), ("strides", Each(2, stride)), ("pads", Each(4, padding)));
        }
    }

    private static Value Convolve(Value value, int rank, int filters, int kernel, SeededRandom random, int stride, int padding, int dilation, int groups, bool bias, Initializer initializer, string? name)
    {
        var layer = $"Conv{rank}D";
        var channels = LayerShapes.Size(layer, value, 1, rank + 2);
        Check(layer, filters, kernel, stride, padding, dilation);
        LayerShapes.Divides(layer, nameof(groups), groups, channels);
        LayerShapes.Divides(layer, nameof(groups), groups, filters);
        var weights = new LayerWeights(value, "conv", name);
        var window = Each(rank, kernel).Aggregate(1L, (product, size) => product * size);
        var fanIn = channels / groups * window;
        var weight = weights.Draw("weight", initializer, random, fanIn, filters * window / groups, [filters, channels / groups, .. Each(rank, kernel)]);
        return LayerShapes.Add(
            "Conv",
            Inputs(value, weight, weights, bias, filters, random, fanIn, initializer),
            ("kernel_shape", Each(rank, kernel)),
            ("strides", Each(rank, stride)),
            ("pads", Each(2 * rank, padding)),
            ("dilations", Each(rank, dilation)),
            ("group", (long)groups));
    }

    private static Value[] Inputs(Value value, Value weight, LayerWeights weights, bool bias, int filters, SeededRandom random, long fanIn, Initializer initializer)
    {
        if (!bias) return [value, weight];
        return [value, weight, initializer == Initializer.FanInUniform ? weights.Uniform("bias", random, 1 / Math.Sqrt(fanIn), filters) : weights.Full("bias", 0, filters)];
    }

    private static void Check(string layer, int filters, int kernel, int stride, int padding, int dilation)
    {
        LayerShapes.AtLeast(layer, nameof(filters), filters);
        LayerShapes.AtLeast(layer, nameof(kernel), kernel);
        LayerShapes.AtLeast(layer, nameof(stride), stride);
        LayerShapes.AtLeast(layer, nameof(padding), padding, 0);
        LayerShapes.AtLeast(layer, nameof(dilation), dilation);
    }

    private static long[] Each(int count, long number) => [.. Enumerable.Repeat(number, count)];
}
