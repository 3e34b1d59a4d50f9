namespace ModelTraining;

/// <summary>What an alias of a version may be called.</summary>
internal static class ModelAlias
{
    /// <summary>Why it can't be an alias; null when it can. "latest" and numbers mean versions already; a dot and an at sign stand in names and references.</summary>
    public static string? Trouble(string? alias) => SafeName.Trouble(alias)
        ?? (alias == ModelStoreExtensions.Latest ? "that is always the newest version"
            : alias!.All(char.IsAsciiDigit) ? "that is the number of a version"
            : alias!.AsSpan().IndexOfAny('.', '@') is >= 0 and var at ? $"it has a '{alias![at]}'"
            : null);
}
