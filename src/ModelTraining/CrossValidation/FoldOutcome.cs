namespace ModelTraining;

/// <summary>A fold that is done.</summary>
/// <param name="Result">What is told of it.</param>
/// <param name="Target">What it predicts: fine-tuning takes the classes in the order of the earlier model.</param>
/// <param name="Outputs">What its model says of its test rows, [rows, outputs].</param>
/// <param name="Warnings">What its stages warned of.</param>
/// <param name="Model">Its model; null where nobody needs it any more.</param>
internal sealed record FoldOutcome(FoldResult Result, Target Target, float[] Outputs, IReadOnlyList<string> Warnings, FoldModel? Model);
