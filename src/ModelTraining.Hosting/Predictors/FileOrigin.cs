namespace ModelTraining;

/// <summary>A model that is a file.</summary>
internal sealed class FileOrigin(string path) : IModelOrigin
{
    public string Place => path;

    public ValueTask<ModelStamp> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target) file = target;
            return new(file.Exists ? new ModelStamp(file.FullName, file.Length, file.LastWriteTimeUtc) : default);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Reading it will say what is wrong.
            return default;
        }
    }

    public ValueTask<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelTrainingException("MT4301", $"'{path}' can't be read: {exception.Message} Put the model there.", exception);
        }
    }
}
