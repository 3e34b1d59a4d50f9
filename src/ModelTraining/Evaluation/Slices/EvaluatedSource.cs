namespace ModelTraining;

/// <summary>Where evaluated rows come from.</summary>
/// <param name="Table">The rows as the source gave them.</param>
/// <param name="Origins">For each evaluated row its position there.</param>
internal sealed record EvaluatedSource(Table Table, int[] Origins);
