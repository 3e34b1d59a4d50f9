namespace ModelTraining;

/// <summary>Options of <see cref="Networks.Of"/>.</summary>
public sealed record CustomNetworkOptions : NetworkOptions;
