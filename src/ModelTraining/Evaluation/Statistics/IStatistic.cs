namespace ModelTraining;

/// <summary>
/// What is kept of the rows seen so far: enough for the metrics that are computed from it. The order of rows and the bounds of batches do not matter.
/// </summary>
internal interface IStatistic
{
    /// <summary>Takes a batch in. Rows of weight 0 leave no trace.</summary>
    void Update(PredictionBatch batch);

    /// <summary>Makes rows ready to be weighed again and again, as a bootstrap does, in place of <see cref="Update"/>; their own weights are passed over.</summary>
    void Prepare(PredictionBatch rows);

    /// <summary>Forgets what was counted, and counts the prepared rows with these weights, in a few nanoseconds a row.</summary>
    void Weigh(ReadOnlySpan<float> weights);
}

/// <summary>A statistic that can be begun.</summary>
internal interface IStatistic<TSelf> : IStatistic where TSelf : class, IStatistic<TSelf>
{
    /// <param name="classCount">The number of classes; 0 for regression.</param>
    static abstract TSelf Start(int classCount);
}
