namespace ModelTraining;

/// <summary>A version of a model in a store.</summary>
public sealed record StoredModel
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The version's number, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>When it was saved.</summary>
    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The SHA-256 of its bytes, in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where the store keeps it, as a person looks for it: a path or an address.</summary>
    public required string Location { get; init; }

    /// <summary>What the model says of itself: columns, classes, metrics, trainer.</summary>
    public required ModelManifest Manifest { get; init; }

    /// <summary>The aliases that point to it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>For example "income/3".</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}/{Version}");
}
