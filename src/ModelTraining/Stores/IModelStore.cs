namespace ModelTraining;

/// <summary>
/// Models under names, each in numbered versions that never change, and aliases such as "production" that point to one and can be moved.
/// <c>Export(store, "income")</c> saves into one; <c>AddPredictor("models:/income@production")</c> of ModelTraining.Hosting serves from one. Implementations are
/// safe to use from many threads. <see cref="ModelStoreExtensions.GetAsync"/> finds a version by number, by alias, or as the latest.
/// </summary>
public interface IModelStore
{
    /// <summary>Saves a model as the next version of a name. It is there whole or not at all, and its number is never given again.</summary>
    /// <param name="name">The model's name, for example "income".</param>
    /// <param name="model">The bytes of an ONNX file that this library exported.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <exception cref="ModelTrainingException">MT4310: the name can't be used. MT42xx: the bytes are no such model. MT4001: it can't be written.</exception>
    ValueTask<StoredModel> SaveAsync(string name, ReadOnlyMemory<byte> model, CancellationToken cancellationToken = default);

    /// <summary>What there is, by name, then by version, the oldest first; empty when there is none.</summary>
    /// <param name="name">Only versions of this model; null for all models.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    ValueTask<IReadOnlyList<StoredModel>> ListAsync(string? name = null, CancellationToken cancellationToken = default);

    /// <summary>The bytes of a version, as they were saved.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="version">The version's number.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <exception cref="ModelTrainingException">MT4311: there is no such version. MT4313: what is there is not what was saved.</exception>
    ValueTask<byte[]> ReadAsync(string name, int version, CancellationToken cancellationToken = default);

    /// <summary>Points an alias to a version, or takes it away. Who asks sees the old version or the new one, never none.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="alias">The alias, for example "production". "latest" and numbers can't be aliases.</param>
    /// <param name="version">The version's number; null to take the alias away, which is no error when there is none.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <exception cref="ModelTrainingException">MT4310: the alias can't be used. MT4311: there is no such version.</exception>
    ValueTask SetAliasAsync(string name, string alias, int? version, CancellationToken cancellationToken = default);

    /// <summary>Deletes a version.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="version">The version's number.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <exception cref="ModelTrainingException">MT4311: there is no such version. MT4312: an alias points to it.</exception>
    ValueTask DeleteAsync(string name, int version, CancellationToken cancellationToken = default);
}
