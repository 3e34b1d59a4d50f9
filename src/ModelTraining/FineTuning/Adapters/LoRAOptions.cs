using System.Collections.Immutable;
using System.Globalization;

namespace ModelTraining;

/// <summary>
/// Low-rank adaptation (Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models", 2021): the weights W of dense layers stay as they are, and beside each the product
/// of two small matrices is trained, x·W + (Alpha / Rank)·x·A·B; beside a convolution, one to <see cref="Rank"/> channels and one of kernel 1 from these. After training it is
/// merged into W, so that the exported graph has no trace of it.
/// </summary>
public sealed record LoRAOptions
{
    /// <summary>The columns of A and rows of B: how many directions a weight can be changed in. Default 8.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>What the product counts, divided by <see cref="Rank"/>, so that another rank needs no other learning rate. Default 16.</summary>
    public double Alpha { get; init; } = 16;

    /// <summary>The share of an adapter's input that is dropped while training, in [0, 1). Default 0.</summary>
    public double Dropout { get; init; }

    /// <summary>
    /// Which weights get adapters: names of weights, of the nodes that multiply by them, or of a part of such a name between dots or slashes, with * for any characters and
    /// ? for one, for example query and value. Empty, the default: the projections of attention (query, key, value, output) where the network has attention, otherwise
    /// every dense layer of the trunk or, where there is none, every convolution; those in groups have no adapter.
    /// </summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>The options in words, as a report and the fingerprint of a checkpoint have them.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"rank {Rank}, alpha {Alpha}, dropout {Dropout}, targets {(Targets.IsDefaultOrEmpty ? "by default" : string.Join(", ", Targets))}");

    internal IEnumerable<Problem> Validate(string entry)
    {
        if (Rank < 1) yield return new Problem("MT1747", $"The 'Rank' option of {entry}'s LoRA must be at least 1. Got {Rank}.");
        if (!(Alpha > 0 && double.IsFinite(Alpha))) yield return new Problem("MT1747", FormattableString.Invariant($"The 'Alpha' option of {entry}'s LoRA must be greater than 0 and finite. Got {Alpha}."));
        if (!(Dropout >= 0 && Dropout < 1)) yield return new Problem("MT1747", FormattableString.Invariant($"The 'Dropout' option of {entry}'s LoRA must be in [0, 1). Got {Dropout}."));
        if (!Targets.IsDefault && Targets.Any(string.IsNullOrWhiteSpace)) yield return new Problem("MT1747", $"The 'Targets' option of {entry}'s LoRA must hold names or patterns. Got an empty one.");
    }
}
