namespace ModelTraining;

/// <summary>Options of <c>FineTune</c> of a network.</summary>
public sealed record FineTuneOptions : NetworkOptions
{
    /// <summary>
    /// The value of the graph that the new head takes, for example /Flatten_output_0. Default null: the input of the last dense layer, or of the last convolution
    /// where only pooling follows it.
    /// </summary>
    public string? Head { get; init; }

    /// <summary>Whether all weights but the new head's stay as they are. What comes out of the trunk is then computed once a row, and the head alone is trained. Default false.</summary>
    public bool FreezeTrunk { get; init; }

    /// <summary>Whether all weights are drawn anew, so that the file gives the network's shape alone: to see what its training was worth. Default false.</summary>
    public bool FromScratch { get; init; }

    /// <summary>What the learning rate is multiplied by from layer to layer, from the head towards the input, in (0, 1]. Default 1: the same for all.</summary>
    public double LayerDecay { get; init; } = 1;

    /// <summary>What the columns are multiplied by before they enter the network, for example 1 / 255 for the bytes of a picture. Default 1.</summary>
    public double InputScale { get; init; } = 1;

    internal override double LayerFactor(int layersAfter) => Math.Pow(LayerDecay, layersAfter);

    internal override IEnumerable<Problem> Validate(string entry)
    {
        foreach (var problem in base.Validate(entry)) yield return problem;
        if (!(LayerDecay > 0 && LayerDecay <= 1)) yield return new Problem("MT1741", FormattableString.Invariant($"The 'LayerDecay' option of {entry} must be in (0, 1]. Got {LayerDecay}."));
        if (FromScratch && FreezeTrunk) yield return new Problem("MT1743", $"{entry} has 'FromScratch' and 'FreezeTrunk': a trunk of random weights that stay so. Leave one of them out.");
        if (!(double.IsFinite(InputScale) && InputScale != 0)) yield return new Problem("MT1742", FormattableString.Invariant($"The 'InputScale' option of {entry} must be a finite number other than 0. Got {InputScale}."));
    }
}
