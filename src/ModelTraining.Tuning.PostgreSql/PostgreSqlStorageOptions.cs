namespace ModelTraining;

/// <summary>Options of a <see cref="PostgreSqlStudyStorage"/>.</summary>
public sealed record PostgreSqlStorageOptions
{
    /// <summary>The schema that holds the table <c>study_entries</c>; both are made where they are missing. Default "modeltraining".</summary>
    public string Schema { get; init; } = "modeltraining";

    /// <summary>How long a server that can't be reached is waited for, each time that something is read or written. Default 30 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal IEnumerable<Problem> Validate()
    {
        if (string.IsNullOrWhiteSpace(Schema) || Schema.Contains('\0')) yield return new Problem("MT1861", $"The 'Schema' option of PostgreSqlStudyStorage must be a name. Got '{Schema}'.");
        if (Patience < TimeSpan.Zero) yield return new Problem("MT1861", FormattableString.Invariant($"The 'Patience' option of PostgreSqlStudyStorage must not be negative. Got {Patience}."));
    }
}
