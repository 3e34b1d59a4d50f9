using Microsoft.ML;

namespace ModelTraining;

/// <summary>What <c>MLNet.AutoML</c> found. Safe to use from many threads.</summary>
public sealed class AutoMLModel : MLNetModel, IDescribesTraining
{
    internal AutoMLModel(MLContext context, ITransformer transformer, DataViewSchema inputSchema) : base(context, transformer, inputSchema)
    {
    }

    /// <summary>All trials that have ended, in their order.</summary>
    public required IReadOnlyList<AutoMLTrial> Trials { get; init; }

    /// <summary>The trial that the model is of.</summary>
    public required AutoMLTrial Best { get; init; }

    string IDescribesTraining.Description
    {
        get
        {
            var failed = Trials.Count(trial => trial.Reason is not null);
            var options = string.Join(", ", Best.Options.Select(option => $"{option.Key} {option.Value}"));
            return FormattableString.Invariant($"AutoML made {Trials.Count} trials, {failed} of which failed. The model is that of trial {Best.Number}: {Best.Trainer} with {options}.");
        }
    }
}
