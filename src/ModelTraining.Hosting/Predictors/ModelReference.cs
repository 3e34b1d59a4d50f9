namespace ModelTraining;

/// <summary>
/// A model in a store, written as MLflow writes it (https://mlflow.org/docs/latest/ml/model-registry/): models:/income@production for an alias, models:/income/3 for
/// a version, models:/income/latest for the newest.
/// </summary>
internal sealed record ModelReference(string Name, string Version, bool IsAlias)
{
    private const string Scheme = "models:/";

    /// <summary>Whether a text is meant as a reference, and not as the path of a file.</summary>
    public static bool IsMeant(string text) => text.StartsWith(Scheme, StringComparison.Ordinal);

    /// <exception cref="ModelTrainingException">MT1611: it is malformed.</exception>
    public static ModelReference Parse(string text)
    {
        var rest = text[Scheme.Length..];
        var at = rest.LastIndexOfAny(['@', '/']);
        if (at <= 0 || at == rest.Length - 1 || rest.AsSpan(0, at).Contains('/'))
        {
            throw new ModelTrainingException("MT1611", $"AddPredictor got '{text}', which names no model in a store. Write models:/income@production for an alias, models:/income/3 for a version, or models:/income/latest.");
        }

        return new ModelReference(rest[..at], rest[(at + 1)..], rest[at] == '@');
    }

    public override string ToString() => $"{Scheme}{Name}{(IsAlias ? '@' : '/')}{Version}";
}
