namespace ModelTraining;

/// <summary>The numbers that products of matrices and convolutions are made of. Weights, gradients, sums and losses are 32-bit in any case.</summary>
public enum Precision
{
    /// <summary>32 bits throughout.</summary>
    Float32,

    /// <summary>16 bits with the range of 32 (bfloat16), for products; needs no scaling of the loss. Faster on GPUs since NVIDIA's Ampere.</summary>
    BFloat16,

    /// <summary>
    /// 16 bits with three more of fraction and a range of 65,504 (IEEE half), for products; the loss is scaled so that gradients keep within it. For GPUs before Ampere, which have no
    /// bfloat16.
    /// </summary>
    Float16,
}
