namespace ModelTraining;

/// <summary>How libtorch computes.</summary>
public sealed record TorchSharpOptions
{
    /// <summary>The numbers that products are made of. Default <see cref="Precision.Float32"/>.</summary>
    public Precision Precision { get; init; }

    /// <summary>Whether CUDA may round the factors of 32-bit products to 10 bits of fraction (TF32), which is faster on GPUs since NVIDIA's Ampere. A setting of the whole process. Default false.</summary>
    public bool AllowTf32 { get; init; }
}
