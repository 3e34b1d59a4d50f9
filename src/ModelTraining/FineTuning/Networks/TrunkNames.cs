namespace ModelTraining;

/// <summary>What values of a trunk are called in the graph that it was written into.</summary>
internal sealed class TrunkNames
{
    /// <summary>What has another name there.</summary>
    public Dictionary<string, string> Renamed { get; } = new(StringComparer.Ordinal);

    /// <summary>The values there that take the place of the trunk's inputs, by the names of these.</summary>
    public Dictionary<string, string> Inputs { get; } = new(StringComparer.Ordinal);

    /// <summary>The name there of a value of the trunk.</summary>
    public string Now(string name) => Renamed.GetValueOrDefault(name, name);
}
