namespace ModelTraining;

/// <summary>How much a parameter matters to the objective.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Share">Its part of what all parameters matter, in [0, 1].</param>
public sealed record ParameterImportance(string Parameter, double Share);
