namespace ModelTraining;

/// <summary>
/// A model in service: predicts with the newest that its file had, whatever is swapped meanwhile. From the container by <c>AddPredictor</c>; there it is safe to
/// use from many threads, and so should other implementations be, such as those of tests.
/// </summary>
/// <typeparam name="TIn">A row: a class with the model's columns as properties, or <c>Dictionary&lt;string, object?&gt;</c>.</typeparam>
/// <typeparam name="TOut">What is said of a row: <see cref="Prediction"/>, or what was made of it.</typeparam>
public interface IPredictor<TIn, TOut>
{
    /// <summary>Predicts a row.</summary>
    /// <exception cref="ModelTrainingException">MT4300: no model could be loaded so far. MT250x: the row is not what the model takes.</exception>
    TOut Predict(TIn row);

    /// <summary>Predicts rows, all with the same model, in their order.</summary>
    /// <exception cref="ModelTrainingException">As with one row; the message has the row's position.</exception>
    IReadOnlyList<TOut> Predict(IEnumerable<TIn> rows, CancellationToken cancellationToken = default);
}
