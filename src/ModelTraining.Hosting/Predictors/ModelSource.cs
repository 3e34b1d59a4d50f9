namespace ModelTraining;

/// <summary>Loads what is at a place now, and tries it.</summary>
/// <param name="origin">The place.</param>
/// <param name="options">How the model works.</param>
/// <param name="tryRows">Fails where the model does not take the service's type of row.</param>
internal sealed class ModelSource(IModelOrigin origin, PredictorOptions options, Action<Predictor> tryRows)
{
    public string Place => origin.Place;

    public ValueTask<ModelStamp> LookAsync(CancellationToken cancellationToken) => origin.LookAsync(cancellationToken);

    /// <param name="first">The model that the service began with; null for the first.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <exception cref="ModelTrainingException">The model can't be read, is none, or can't take the first one's place.</exception>
    public async ValueTask<Predictor> LoadAsync(ModelManifest? first, CancellationToken cancellationToken)
    {
        Predictor? predictor = null;
        try
        {
            predictor = Predictor.Load(await origin.ReadAsync(cancellationToken).ConfigureAwait(false), _ => options);
            if (first is not null) ServiceContract.Check(first, predictor.Manifest);
            tryRows(predictor);

            // One row, to see that it runs, and so that the first caller does not wait for what the runtime does once.
            predictor.Predict(predictor.Manifest.Inputs.ToDictionary(input => input.Name, input => input.Type == ColumnType.Tensor ? (object?)new float[input.Size] : null));
            return predictor;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            predictor?.Dispose();
            throw exception is ModelTrainingException known
                ? new ModelTrainingException(known.Problems, Place, known)
                : new ModelTrainingException("MT4303", $"The model in '{Place}' can't be loaded: {exception.Message} Export it anew.", exception);
        }
    }
}
