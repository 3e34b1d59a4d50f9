namespace ModelTraining;

/// <summary>Loads what a file holds now, and tries it.</summary>
/// <param name="path">The file's full path.</param>
/// <param name="options">How the model works.</param>
/// <param name="tryRows">Fails where the model does not take the service's type of row.</param>
internal sealed class ModelSource(string path, PredictorOptions options, Action<Predictor> tryRows)
{
    public string Path => path;

    /// <param name="first">The model that the service began with; null for the first.</param>
    /// <exception cref="ModelTrainingException">The file can't be read, is no model, or can't take the first one's place.</exception>
    public Predictor Load(ModelManifest? first)
    {
        Predictor? predictor = null;
        try
        {
            // Read at once: the manifest and the session have to be of the same file, whatever is put in its place meanwhile.
            predictor = Predictor.Load(File.ReadAllBytes(path), _ => options);
            if (first is not null) ServiceContract.Check(first, predictor.Manifest);
            tryRows(predictor);

            // One row, to see that it runs, and so that the first caller does not wait for what the runtime does once.
            predictor.Predict(predictor.Manifest.Inputs.ToDictionary(input => input.Name, _ => (object?)null));
            return predictor;
        }
        catch (Exception exception)
        {
            predictor?.Dispose();
            throw exception switch
            {
                ModelTrainingException known => new ModelTrainingException(known.Problems, path, known),
                IOException or UnauthorizedAccessException => new ModelTrainingException("MT4301", $"'{path}' can't be read: {exception.Message} Put the model there.", exception),
                _ => new ModelTrainingException("MT4303", $"The model in '{path}' can't be loaded: {exception.Message} Export it anew.", exception),
            };
        }
    }
}
