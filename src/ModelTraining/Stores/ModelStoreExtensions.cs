using System.Globalization;

namespace ModelTraining;

/// <summary>Finds versions in a store.</summary>
public static class ModelStoreExtensions
{
    /// <summary>What stands for the newest version.</summary>
    internal const string Latest = "latest";

    /// <summary>A version of a model, for example <c>await store.GetAsync("income", "production")</c>.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="version">An alias, a number, or "latest", the default.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <exception cref="ModelTrainingException">MT4311: there is no such model or version; the message has those that there are.</exception>
    public static async ValueTask<StoredModel> GetAsync(this IModelStore store, string name, string version = Latest, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        var versions = await store.ListAsync(name, cancellationToken).ConfigureAwait(false);
        var found = version == Latest ? (versions.Count > 0 ? versions[^1] : null)
            : int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? versions.FirstOrDefault(model => model.Version == number)
            : versions.FirstOrDefault(model => model.Aliases.Contains(version));
        if (found is not null) return found;
        if (versions.Count > 0) throw NoVersion(name, version, versions);
        var names = (await store.ListAsync(null, cancellationToken).ConfigureAwait(false)).Select(model => model.Name);
        throw new ModelTrainingException("MT4311", $"The store has no model '{name}'. {NearestNames.Sentence(name, names)}");
    }

    internal static ModelTrainingException NoVersion(string name, string version, IEnumerable<StoredModel> versions) => new(
        "MT4311",
        $"The store has no version '{version}' of '{name}'. {NearestNames.Sentence(version, versions.SelectMany(model => model.Aliases.Append(model.Version.ToString(CultureInfo.InvariantCulture))).Append(Latest))}");
}
