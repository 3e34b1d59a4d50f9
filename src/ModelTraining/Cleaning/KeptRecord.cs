namespace ModelTraining;

/// <summary>Which of the rows of one key stays.</summary>
public enum KeptRecord
{
    /// <summary>The first one.</summary>
    First,

    /// <summary>The last one.</summary>
    Last,

    /// <summary>The one that lacks the fewest values; of several the first.</summary>
    MostComplete,

    /// <summary>The one with the greatest value in a column, such as the date of its change; of several the last.</summary>
    Greatest,
}
