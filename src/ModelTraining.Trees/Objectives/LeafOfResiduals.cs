namespace ModelTraining;

/// <summary>What a leaf predicts for rows that are off by so much; both spans may be put into another order.</summary>
/// <param name="residuals">Target less score, of at least one row.</param>
/// <param name="weights">The rows' weights; empty where all are 1.</param>
internal delegate double LeafOfResiduals(Span<float> residuals, Span<float> weights);
