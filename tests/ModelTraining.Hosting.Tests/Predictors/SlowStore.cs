namespace ModelTraining.Tests.Predictors;

/// <summary>A store that answers when the test lets it.</summary>
internal sealed class SlowStore(IModelStore inner) : IModelStore
{
    public TaskCompletionSource Answer { get; } = new();

    public async ValueTask<IReadOnlyList<StoredModel>> ListAsync(string? name = null, CancellationToken cancellationToken = default)
    {
        await Answer.Task.WaitAsync(cancellationToken);
        return await inner.ListAsync(name, cancellationToken);
    }

    public ValueTask<StoredModel> SaveAsync(string name, ReadOnlyMemory<byte> model, CancellationToken cancellationToken = default) => inner.SaveAsync(name, model, cancellationToken);

    public ValueTask<byte[]> ReadAsync(string name, int version, CancellationToken cancellationToken = default) => inner.ReadAsync(name, version, cancellationToken);

    public ValueTask SetAliasAsync(string name, string alias, int? version, CancellationToken cancellationToken = default) => inner.SetAliasAsync(name, alias, version, cancellationToken);

    public ValueTask DeleteAsync(string name, int version, CancellationToken cancellationToken = default) => inner.DeleteAsync(name, version, cancellationToken);
}
