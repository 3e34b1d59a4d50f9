using System.Collections.Immutable;

namespace ModelTraining;

/// <summary>Options of <c>FineTune</c> of a network.</summary>
public sealed record FineTuneOptions : NetworkOptions
{
    /// <summary>The name of the new head's layer.</summary>
    internal const string NewHead = "new_head";

    /// <summary>
    /// The value of the graph that the new head takes, for example /Flatten_output_0. Default null: the input of the last dense layer, or of the last convolution
    /// where only pooling follows it.
    /// </summary>
    public string? Head { get; init; }

    /// <summary>Whether all weights but the new head's stay as they are. What comes out of the trunk is then computed once a row, and the head alone is trained. Default false.</summary>
    public bool FreezeTrunk { get; init; }

    /// <summary>
    /// When weights of the trunk begin to be trained, for example <c>new GradualThaw()</c>; the head learns alone until then. Default null: all from the beginning.
    /// <see cref="NetworkOptions.Patience"/> is counted anew whenever something thaws.
    /// </summary>
    public ThawSchedule? Thaw { get; init; }

    /// <summary>
    /// Low-rank adaptation (Hu et al., 2021): the trunk's weights stay as they are, and small adapters beside them are trained with the head and merged into them
    /// afterwards. Default null: none.
    /// </summary>
    public LoRAOptions? LoRA { get; init; }

    /// <summary>
    /// The share of the units in front of the new head that is dropped while training, in [0, 1): exports leave out the Dropout that a network was trained with. Default 0.
    /// Dropout that the file still has drops as it says, whatever this is.
    /// </summary>
    public double Dropout { get; init; }

    /// <summary>
    /// Nodes of the trunk after which <see cref="Dropout"/> drops, too: names of nodes, or of their outputs, with * for any characters and ? for one, for example
    /// /layers.*/down/MatMul. Empty by default.
    /// </summary>
    public ImmutableArray<string> DropoutAfter { get; init; } = [];

    /// <summary>Whether all weights are drawn anew, so that the file gives the network's shape alone: to see what its training was worth. Default false.</summary>
    public bool FromScratch { get; init; }

    /// <summary>What the learning rate is multiplied by from layer to layer, from the head towards the input, in (0, 1]. Default 1: the same for all.</summary>
    public double LayerDecay { get; init; } = 1;

    /// <summary>What the columns are multiplied by before they enter the network, for example 1 / 255 for the bytes of a picture. Default 1.</summary>
    public double InputScale { get; init; } = 1;

    internal override double LayerFactor(int layersAfter) => Math.Pow(LayerDecay, layersAfter);

    internal override int? TrainedAfter(string weight, int layersAfter, int layers)
    {
        if (weight.StartsWith(NewHead, StringComparison.Ordinal)) return 0;
        if (LoRA is not null) return Adapter.Owns(weight) ? 0 : null;
        // The head is the last layer.
        return Thaw is null ? 0 : Thaw.AfterEpochs(weight, layersAfter - 1, layers - 1);
    }

    internal override bool IsLayer(string weight) => !Adapter.Owns(weight);

    internal override IEnumerable<Problem> Validate(string entry)
    {
        foreach (var problem in base.Validate(entry)) yield return problem;
        if (!(LayerDecay > 0 && LayerDecay <= 1)) yield return new Problem("MT1741", FormattableString.Invariant($"The 'LayerDecay' option of {entry} must be in (0, 1]. Got {LayerDecay}."));
        if (FromScratch && FreezeTrunk) yield return new Problem("MT1743", $"{entry} has 'FromScratch' and 'FreezeTrunk': a trunk of random weights that stay so. Leave one of them out.");
        foreach (var problem in LoRA?.Validate(entry) ?? []) yield return problem;
        if (LoRA is not null && (FreezeTrunk || FromScratch)) yield return new Problem("MT1749", $"{entry} has 'LoRA' and '{(FreezeTrunk ? nameof(FreezeTrunk) : nameof(FromScratch))}': adapters beside a trunk that is {(FreezeTrunk ? "computed once" : "random")}. Leave one of them out.");
        foreach (var problem in Thaw?.Validate(entry, Epochs) ?? []) yield return problem;
        if (Thaw is not null && (FreezeTrunk || LoRA is not null)) yield return new Problem("MT1749", $"{entry} has 'Thaw' and '{(FreezeTrunk ? nameof(FreezeTrunk) : nameof(LoRA))}', which keeps the trunk's weights as they are. Leave one of them out.");
        if (!(Dropout >= 0 && Dropout < 1)) yield return new Problem("MT1752", FormattableString.Invariant($"The 'Dropout' option of {entry} must be in [0, 1). Got {Dropout}."));
        if (DropoutAfter.Length > 0 && Dropout == 0) yield return new Problem("MT1752", $"{entry} has 'DropoutAfter' and no 'Dropout', which says how much. Set it, for example to 0.1.");
        if (DropoutAfter.Length > 0 && FreezeTrunk) yield return new Problem("MT1749", $"{entry} has 'DropoutAfter' and 'FreezeTrunk': Dropout within a trunk that is computed once. Leave one of them out.");
        if (!(double.IsFinite(InputScale) && InputScale != 0)) yield return new Problem("MT1742", FormattableString.Invariant($"The 'InputScale' option of {entry} must be a finite number other than 0. Got {InputScale}."));
    }
}
