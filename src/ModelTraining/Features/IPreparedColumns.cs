namespace ModelTraining;

/// <summary>A fitted transform with columns that are never missing and of like scale: they are neither filled nor scaled.</summary>
internal interface IPreparedColumns
{
    /// <summary>Their names.</summary>
    IEnumerable<string> Prepared { get; }
}
