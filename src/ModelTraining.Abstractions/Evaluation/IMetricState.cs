namespace ModelTraining;

/// <summary>A metric being computed, batch by batch. The order of rows and the bounds of batches do not matter. Not thread-safe.</summary>
public interface IMetricState
{
    /// <summary>Takes a batch in.</summary>
    void Update(PredictionBatch batch);

    /// <summary>The metric over all batches so far; NaN when it is not defined for them, for example ROC AUC of one class.</summary>
    double Compute();
}
