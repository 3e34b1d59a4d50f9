namespace ModelTraining;

/// <summary>What is done about rows that are equal in all columns, ids and ignored columns aside.</summary>
public enum DuplicateRows
{
    /// <summary>The first one stays. Otherwise a row could be trained on and tested with.</summary>
    Drop,

    /// <summary>They are counted and stay.</summary>
    Report,

    /// <summary>They stay, and nobody looks for them.</summary>
    Keep,
}
