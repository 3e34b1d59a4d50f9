namespace ModelTraining;

/// <summary>What is done about missing values.</summary>
public enum MissingMethod
{
    /// <summary>
    /// What suits the trainer: left to one that handles missing values itself, such as gradient boosting; for others filled with the median of numbers and
    /// the most frequent boolean, and text that is missing is none of its categories.
    /// </summary>
    Auto,

    /// <summary>Training rows that lack the value are not learned from. The other parts keep all of their rows, as the exported model answers every row.</summary>
    Drop,

    /// <summary>Filled with the mean of the training rows. Numbers and dates.</summary>
    Mean,

    /// <summary>Filled with the median of the training rows. Numbers and dates.</summary>
    Median,

    /// <summary>Filled with the most frequent value of the training rows.</summary>
    MostFrequent,

    /// <summary>Filled with a value that is given.</summary>
    Constant,
}
