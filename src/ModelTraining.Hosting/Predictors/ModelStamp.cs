namespace ModelTraining;

/// <summary>What tells two models at one place apart without reading them. The default value stands for a place where there is none.</summary>
/// <param name="Target">The file itself, behind all links, since deployments swap those; or the version in a store.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Written">When it was written.</param>
internal readonly record struct ModelStamp(string? Target, long Length, DateTimeOffset Written);
