namespace ModelTraining;

/// <summary>What is done with a row that has not as many fields as there are columns.</summary>
public enum RaggedRows
{
    /// <summary>
    /// A row that ends early is read with its last values missing; empty fields too many are left out. Both are reported. A row with values too many
    /// is an error: which of them belongs to which column can't be known.
    /// </summary>
    Repair,

    /// <summary>Each such row is left out and reported.</summary>
    Skip,

    /// <summary>The first such row is an error.</summary>
    Error,
}
