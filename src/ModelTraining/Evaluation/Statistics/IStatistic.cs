namespace ModelTraining;

/// <summary>
/// What is kept of the rows seen so far: enough for the metrics that are computed from it. The order of rows and the bounds of batches do not matter.
/// </summary>
internal interface IStatistic
{
    /// <summary>Takes a batch in. Rows of weight 0 leave no trace.</summary>
    void Update(PredictionBatch batch);
}

/// <summary>A statistic that can be begun.</summary>
internal interface IStatistic<TSelf> : IStatistic where TSelf : class, IStatistic<TSelf>
{
    /// <param name="classCount">The number of classes; 0 for regression.</param>
    static abstract TSelf Start(int classCount);
}
