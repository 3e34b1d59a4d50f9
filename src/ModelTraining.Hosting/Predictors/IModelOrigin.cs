namespace ModelTraining;

/// <summary>Where a service takes its model from: a file, or a store.</summary>
internal interface IModelOrigin
{
    /// <summary>The place as it was asked for: a path, or a reference.</summary>
    string Place { get; }

    /// <summary>What is there now; the default where there is nothing, or it can't be seen. Never fails: reading says what is wrong.</summary>
    ValueTask<ModelStamp> LookAsync(CancellationToken cancellationToken);

    /// <summary>Reads all of it at once: manifest and session have to be of the same model, whatever is put in its place meanwhile.</summary>
    ValueTask<byte[]> ReadAsync(CancellationToken cancellationToken);
}
