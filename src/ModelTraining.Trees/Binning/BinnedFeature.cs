namespace ModelTraining;

/// <summary>How a feature's values become bins, and where the bins stand.</summary>
internal sealed class BinnedFeature
{
    /// <summary>The position among the model's features.</summary>
    public required int Feature { get; init; }

    public required FeatureKind Kind { get; init; }

    /// <summary>Of a quantity: bin b holds the values up to Thresholds[b]; the last bin, which has no threshold, the others.</summary>
    public required float[] Thresholds { get; init; }

    /// <summary>The number of bins, without the one of missing values. Of a category: its cardinality.</summary>
    public required int Bins { get; init; }

    /// <summary>Whether values are missing in the training rows; known once they have been put into bins.</summary>
    public bool HasMissing { get; set; }

    /// <summary>The bin of missing values, which comes after the others.</summary>
    public int MissingBin => Bins;

    /// <summary>Whether there is anything to split by.</summary>
    public bool Varies => Bins > 1 || (Bins == 1 && HasMissing);

    /// <summary>What a value is compared with to be in bins up to <paramref name="bin"/>. Behind the last bin there are missing values only, so every number is.</summary>
    public float Threshold(int bin) => bin < Thresholds.Length ? Thresholds[bin] : float.PositiveInfinity;
}
