namespace ModelTraining;

/// <summary>
/// A <see cref="TrainedModel"/> that can say what each feature did to each of its predictions: its SHAP values (Lundberg and Lee, "A Unified Approach to
/// Interpreting Model Predictions", NeurIPS 2017). Safe to use from many threads.
/// </summary>
public interface IExplainableModel
{
    /// <summary>What SHAP values are measured in, in a word or two, for example log-odds: what they add up to, which need not be what the model predicts in the end.</summary>
    string ExplainedUnit { get; }

    /// <summary>
    /// What each explained output is before any feature is known, the mean over the training rows. One a class where three or more are told apart; one, of the
    /// second class, where there are two; one for a number.
    /// </summary>
    IReadOnlyList<double> BaseValues { get; }

    /// <summary>About how many floating-point operations a row takes: a report explains as many rows by itself as take a moment.</summary>
    long OperationsPerRow { get; }

    /// <summary>Computes SHAP values. Those of a row and output and its base value sum to what the model says of the row.</summary>
    /// <param name="features">The inputs, in the model's order.</param>
    /// <param name="rows">The rows to explain.</param>
    /// <param name="values">Takes [rows, outputs, features] numbers, the outputs those of <see cref="BaseValues"/>.</param>
    /// <param name="threads">How many threads to use at most. The result does not depend on it.</param>
    /// <param name="cancellationToken">Ends the work; what was written is of no use then.</param>
    /// <exception cref="OperationCanceledException">The token was signalled.</exception>
    void Explain(FeatureSet features, ReadOnlyMemory<int> rows, Memory<float> values, int threads = 1, CancellationToken cancellationToken = default);
}
