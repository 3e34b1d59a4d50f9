namespace ModelTraining.Onnx;

/// <summary>Pools over [batch, channels, ...].</summary>
public static class PoolingLayers
{
    /// <param name="value">What is pooled.</param>
    extension(Value value)
    {
        /// <summary>The largest of each window of a signal, [batch, channels, length].</summary>
        /// <inheritdoc cref="extension(Value).MaxPool2D(int, int?, int)"/>
        public Value MaxPool1D(int kernel, int? stride = null, int padding = 0) => Pool(value, "MaxPool", 1, kernel, stride, padding);

        /// <summary>The largest of each window of images, [batch, channels, height, width].</summary>
        /// <param name="kernel">The size of the window in each dimension; at least 1.</param>
        /// <param name="stride">The step of the window; its size by default.</param>
        /// <param name="padding">What is added on each side, which no window takes for the largest; less than the kernel.</param>
        /// <exception cref="ModelTrainingException">MT1700: a number is too small. MT1705: <paramref name="padding"/> is not less than the kernel. MT3100: the window is larger than the input.</exception>
        public Value MaxPool2D(int kernel, int? stride = null, int padding = 0) => Pool(value, "MaxPool", 2, kernel, stride, padding);

        /// <summary>The mean of each window of a signal, [batch, channels, length]. What is added on the sides does not count.</summary>
        /// <inheritdoc cref="extension(Value).MaxPool2D(int, int?, int)"/>
        public Value AveragePool1D(int kernel, int? stride = null, int padding = 0) => Pool(value, "AveragePool", 1, kernel, stride, padding);

        /// <summary>The mean of each window of images, [batch, channels, height, width]. What is added on the sides does not count.</summary>
        /// <inheritdoc cref="extension(Value).MaxPool2D(int, int?, int)"/>
        public Value AveragePool2D(int kernel, int? stride = null, int padding = 0) => Pool(value, "AveragePool", 2, kernel, stride, padding);

        /// <summary>The mean of all pixels of a channel: [batch, channels].</summary>
        /// <exception cref="ModelTrainingException">MT3015: the channels are not known.</exception>
        public Value GlobalAveragePool() => Global(value, "GlobalAveragePool");

        /// <summary>The largest of all pixels of a channel: [batch, channels].</summary>
        /// <exception cref="ModelTrainingException">MT3015: the channels are not known.</exception>
        public Value GlobalMaxPool() => Global(value, "GlobalMaxPool");
    }

    private static Value Pool(Value value, string opType, int rank, int kernel, int? stride, int padding)
    {
        var layer = $"{opType}{rank}D";
        LayerShapes.Size(layer, value, 1, rank + 2);
        LayerShapes.AtLeast(layer, nameof(kernel), kernel);
        LayerShapes.AtLeast(layer, nameof(stride), stride ?? kernel);
        LayerShapes.AtLeast(layer, nameof(padding), padding, 0);
        LayerShapes.AtMost(layer, nameof(padding), padding, kernel - 1);
        return LayerShapes.Add(opType, [value], ("kernel_shape", Each(rank, kernel)), ("strides", Each(rank, stride ?? kernel)), ("pads", Each(2 * rank, padding)));
    }

    private static Value Global(Value value, string opType)
    {
        var channels = LayerShapes.Size(opType, value, 1);
        return LayerShapes.Add(opType, [value]).Reshape(-1, channels);
    }

    private static long[] Each(int count, long number) => [.. Enumerable.Repeat(number, count)];
}
