namespace ModelTraining;

/// <summary>What <see cref="AssociationSearch"/> found.</summary>
/// <param name="Columns">The columns that were measured with each other.</param>
/// <param name="All">All pairs of them.</param>
/// <param name="WithLabel">By column the strongest one with the label.</param>
internal sealed record FoundAssociations(IReadOnlyList<string> Columns, IReadOnlyList<Association> All, IReadOnlyDictionary<string, Association> WithLabel);
