namespace ModelTraining.Onnx;

/// <summary>Normalisations with a trained scale and shift, which begin as 1 and 0, and Dropout. Weights are constants named after the layer.</summary>
public static class NormalizationLayers
{
    private const int LayerNormalizationSince = 17;

    /// <param name="value">What is normalised.</param>
    extension(Value value)
    {
        /// <summary>
        /// Each channel of [batch, channels, ...] less its mean, over its deviation (Ioffe and Szegedy, "Batch Normalization", 2015): those of the batch while
        /// training, otherwise running ones, which are constants.
        /// </summary>
        /// <param name="momentum">What the running statistics keep at each step; 0.9 is PyTorch's momentum of 0.1.</param>
        /// <param name="epsilon">Added to the variance.</param>
        /// <param name="name">The layer's name; batchnorm0, ... by default. Parts are weight, bias, running_mean and running_var.</param>
        /// <exception cref="ModelTrainingException">MT1701: <paramref name="momentum"/> is not in [0, 1). MT3015: the channels are not known.</exception>
        public Value BatchNorm(float momentum = 0.9f, float epsilon = 1e-5f, string? name = null)
        {
            var channels = LayerShapes.Size("BatchNorm", value, 1);
            LayerShapes.Share("BatchNorm", nameof(momentum), momentum);
            var weights = new LayerWeights(value, "batchnorm", name);
            Value[] inputs = [value, weights.Full("weight", 1, channels), weights.Full("bias", 0, channels), weights.Full("running_mean", 0, channels), weights.Full("running_var", 1, channels)];
            return LayerShapes.Add("BatchNormalization", inputs, ("epsilon", epsilon), ("momentum", momentum));
        }

        /// <summary>The last dimension less its mean, over its deviation (Ba et al., "Layer Normalization", 2016).</summary>
        /// <param name="epsilon">Added to the variance.</param>
        /// <param name="name">The layer's name; layernorm0, ... by default.</param>
        /// <exception cref="ModelTrainingException">MT3015: the last dimension is not known.</exception>
        public Value LayerNorm(float epsilon = 1e-5f, string? name = null)
        {
            var features = LayerShapes.Size("LayerNorm", value, -1);
            var weights = new LayerWeights(value, "layernorm", name);
            var (scale, shift) = (weights.Full("weight", 1, features), weights.Full("bias", 0, features));
            if (Emit.Since(value, LayerNormalizationSince)) return LayerShapes.Add("LayerNormalization", [value, scale, shift], ("axis", -1L), ("epsilon", epsilon));
            var centred = value - value.ReduceMean([-1]);
            return (centred / ((centred * centred).ReduceMean([-1]) + epsilon).Sqrt() * scale) + shift;
        }

        /// <summary>Each group of channels of [batch, channels, ...] less its mean, over its deviation (Wu and He, "Group Normalization", 2018).</summary>
        /// <param name="groups">The number of groups; divides the channels.</param>
        /// <param name="epsilon">Added to the variance.</param>
        /// <param name="name">The layer's name; groupnorm0, ... by default.</param>
        /// <exception cref="ModelTrainingException">MT1702: <paramref name="groups"/> does not divide the channels. MT3015: a size other than the batch is not known.</exception>
        public Value GroupNorm(int groups, float epsilon = 1e-5f, string? name = null)
        {
            var channels = LayerShapes.Size("GroupNorm", value, 1);
            LayerShapes.Divides("GroupNorm", nameof(groups), groups, channels);
            long[] shape = [-1, .. Enumerable.Range(1, value.Shape!.Count - 1).Select(axis => LayerShapes.Size("GroupNorm", value, axis))];
            long[] each = [channels, .. Enumerable.Repeat(1L, shape.Length - 2)];
            var weights = new LayerWeights(value, "groupnorm", name);
            var grouped = value.Reshape(-1, groups, shape.Skip(1).Aggregate(1L, (product, size) => product * size) / groups);
            var centred = grouped - grouped.ReduceMean([-1]);
            var normal = (centred / ((centred * centred).ReduceMean([-1]) + epsilon).Sqrt()).Reshape(shape);
            return (normal * weights.Full("weight", 1, channels).Reshape(each)) + weights.Full("bias", 0, channels).Reshape(each);
        }

        /// <summary>The last dimension over its root mean square (Zhang and Sennrich, "Root Mean Square Layer Normalization", 2019). No shift.</summary>
        /// <param name="epsilon">Added to the mean square.</param>
        /// <param name="name">The layer's name; rmsnorm0, ... by default.</param>
        /// <exception cref="ModelTrainingException">MT3015: the last dimension is not known.</exception>
        public Value RmsNorm(float epsilon = 1e-6f, string? name = null)
        {
            var features = LayerShapes.Size("RmsNorm", value, -1);
            var scale = new LayerWeights(value, "rmsnorm", name).Full("weight", 1, features);
            return value / ((value * value).ReduceMean([-1]) + epsilon).Sqrt() * scale;
        }

        /// <summary>While training, each element is 0 with probability <paramref name="rate"/>, and the others are scaled up (Srivastava et al., 2014). Otherwise nothing changes.</summary>
        /// <param name="rate">The share that is dropped, in [0, 1).</param>
        /// <exception cref="ModelTrainingException">MT1701: <paramref name="rate"/> is not in [0, 1).</exception>
        public Value Dropout(float rate = 0.5f)
        {
            LayerShapes.Share("Dropout", nameof(rate), rate);
            return Emit.Since(value, 12)
                ? LayerShapes.Add("Dropout", [value, Emit.Scalar(value, rate)])
                : LayerShapes.Add("Dropout", [value], ("ratio", rate));
        }
    }
}
