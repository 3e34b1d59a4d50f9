namespace ModelTraining;

/// <summary>A model that is a version in a store: whichever the reference means at the moment.</summary>
internal sealed class StoreOrigin(IModelStore store, ModelReference reference) : IModelOrigin
{
    public string Place => reference.ToString();

    public async ValueTask<ModelStamp> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var stored = await FindAsync(cancellationToken).ConfigureAwait(false);
            return new ModelStamp(stored.ToString(), stored.Bytes, stored.SavedAt);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Reading it will say what is wrong.
            return default;
        }
    }

    public async ValueTask<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        var stored = await FindAsync(cancellationToken).ConfigureAwait(false);
        return await store.ReadAsync(stored.Name, stored.Version, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<StoredModel> FindAsync(CancellationToken cancellationToken) => store.GetAsync(reference.Name, reference.Version, cancellationToken);
}
