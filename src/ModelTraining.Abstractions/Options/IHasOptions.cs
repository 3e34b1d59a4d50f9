namespace ModelTraining;

/// <summary>A stage or trainer that works by options, which the report of a run lists.</summary>
internal interface IHasOptions
{
    /// <summary>All of them, as they hold.</summary>
    IReadOnlyList<OptionValue> Options { get; }
}
