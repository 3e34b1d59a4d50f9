namespace ModelTraining;

/// <summary>The verb <c>UseTorchSharp</c>.</summary>
public static class TorchSharpExtensions
{
    /// <summary>Trains the pipeline's network on libtorch. Leave it out, and ONNX Runtime trains it on the CPU; the model is the same graph.</summary>
    /// <typeparam name="TPipeline">The pipeline.</typeparam>
    /// <param name="pipeline">A pipeline that trains or fine-tunes a network.</param>
    /// <param name="device"><see cref="Device.Cpu"/>, or <see cref="Device.Cuda"/> for a GPU; there is no silent fall-back from the one to the other.</param>
    /// <param name="configure">Changes how libtorch computes.</param>
    /// <exception cref="ModelTrainingException">MT3205: the pipeline trains no network.</exception>
    public static TPipeline UseTorchSharp<TPipeline>(this IUsesTrainingBackend<TPipeline> pipeline, Device device, Func<TorchSharpOptions, TorchSharpOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.UseBackend(new TorchSharpBackend(device, configure?.Invoke(new TorchSharpOptions())));
    }
}
