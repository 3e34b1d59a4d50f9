namespace ModelTraining;

/// <summary>What a column is for.</summary>
public enum ColumnRole
{
    /// <summary>An input of the model.</summary>
    Feature,

    /// <summary>What the model learns to predict.</summary>
    Label,

    /// <summary>How much a row counts, in training and in evaluation; not negative.</summary>
    Weight,

    /// <summary>Names the row. Kept with the data, never an input of the model.</summary>
    Id,

    /// <summary>Carried along, used by nothing.</summary>
    Ignored,
}
