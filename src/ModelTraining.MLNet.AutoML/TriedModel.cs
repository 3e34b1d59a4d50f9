using Microsoft.ML;
using Microsoft.ML.AutoML;

namespace ModelTraining;

/// <summary>A trial that has ended, as AutoML takes it, with what it made.</summary>
internal sealed class TriedModel(AutoMLTrial trial) : TrialResult
{
    public AutoMLTrial Trial => trial;

    /// <summary>What it was made in; null when the trial failed.</summary>
    public MLContext? Context { get; init; }

    public IReadOnlyList<FeatureImportance> Importances { get; init; } = [];
}
