using System.Globalization;

namespace ModelTraining;

/// <summary>How libtorch computes.</summary>
public sealed record TorchSharpOptions
{
    /// <summary>The numbers that products are made of. Default <see cref="Precision.Float32"/>.</summary>
    public Precision Precision { get; init; }

    /// <summary>Whether CUDA may round the factors of 32-bit products to 10 bits of fraction (TF32), which is faster on GPUs since NVIDIA's Ampere. A setting of the whole process. Default false.</summary>
    public bool AllowTf32 { get; init; }

    /// <summary>
    /// What the loss is multiplied by at first under <see cref="Precision.Float16"/>, so that small gradients do not vanish. It is halved, and the update left out, where a gradient
    /// overflows, and doubled after <see cref="LossScaleGrowthInterval"/> updates in which none did (Micikevicius et al., 2018). At least 1. Default 65,536.
    /// </summary>
    public double InitialLossScale { get; init; } = 65_536;

    /// <summary>The updates without an overflow after which the loss scale doubles. At least 1. Default 2,000.</summary>
    public int LossScaleGrowthInterval { get; init; } = 2_000;

    /// <summary>
    /// Whether only what goes from one segment of the network to the next is kept for the gradients, and the inside of each is computed again when its turn comes (Chen et al., 2016): the memory of a
    /// deep network shrinks to about its square root, for the time of one more forward pass. The segments are chosen by the sizes of what they make. Default false.
    /// </summary>
    public bool ActivationCheckpointing { get; init; }

    /// <summary>
    /// Whether convolutions of images work on memory in which the channels of a pixel stand side by side, as the tensor cores of GPUs do. Default null: on a GPU, where products are of 16 bits or
    /// <see cref="AllowTf32"/> is set.
    /// </summary>
    public bool? ChannelsLast { get; init; }

    internal IEnumerable<Problem> Validate()
    {
        if (!Enum.IsDefined(Precision)) yield return new Problem("MT3206", $"The 'Precision' option of TorchSharpOptions must be one of {string.Join(", ", Enum.GetNames<Precision>())}. Got {(int)Precision}.");
        if (!(InitialLossScale >= 1 && float.IsFinite((float)InitialLossScale))) yield return new Problem("MT3206", string.Create(CultureInfo.InvariantCulture, $"The 'InitialLossScale' option of TorchSharpOptions must be at least 1 and finite. Got {InitialLossScale}."));
        if (LossScaleGrowthInterval < 1) yield return new Problem("MT3206", string.Create(CultureInfo.InvariantCulture, $"The 'LossScaleGrowthInterval' option of TorchSharpOptions must be at least 1. Got {LossScaleGrowthInterval}."));
    }
}
