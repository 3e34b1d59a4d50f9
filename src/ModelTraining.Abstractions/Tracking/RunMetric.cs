namespace ModelTraining;

/// <summary>A value of a run.</summary>
/// <param name="Key">
/// What it is: <c>train_</c> or <c>validation_</c> and a metric's key for a step of the learning curve, <c>test_roc_auc</c> for the model, <c>baseline_roc_auc</c>
/// for the baseline on the same rows; of a cross-validation <c>fold_roc_auc</c> for a fold, whose number is the step, <c>mean_roc_auc</c> and <c>std_roc_auc</c> over the folds.
/// </param>
/// <param name="Value">Its value; not a number where the metric is not defined.</param>
/// <param name="Step">The step of the learning curve, from 1; null for a value of the whole run.</param>
public sealed record RunMetric(string Key, double Value, long? Step = null);
