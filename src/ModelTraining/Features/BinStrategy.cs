namespace ModelTraining;

/// <summary>How the edges of bins are found in the training rows.</summary>
public enum BinStrategy
{
    /// <summary>As many rows in each bin, as far as equal numbers allow.</summary>
    Quantile,

    /// <summary>Each bin as wide as any other, from the smallest to the largest number.</summary>
    Uniform,

    /// <summary>
    /// Where a decision tree on this column alone splits to tell the target: best split first, by squared error or Gini impurity, at least one row in a hundred
    /// in each bin. Row weights count.
    /// </summary>
    Tree,
}
