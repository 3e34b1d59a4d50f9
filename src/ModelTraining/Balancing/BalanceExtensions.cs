using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The verb <c>Balance</c>.</summary>
public static class BalanceExtensions
{
    /// <summary>
    /// Does something about classes of unequal size, on the training rows alone: weighs them (<see cref="ClassWeights"/>), or draws, makes or drops rows (<see cref="Resample"/>). Several
    /// follow one another, each on what the one before it left. It is done on the prepared features, between preparing them and training; validation and test rows, what early stopping and
    /// <c>Evaluate</c> go by, and the exported graph stay as they are.
    /// </summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="method">What to do: <c>ClassWeights.Balanced</c>, <c>Resample.Smote(o => o with { Neighbors = 3 })</c>.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    /// <remarks>
    /// Probabilities of the model are then those of the balanced classes, not of the data's: <c>Calibrate</c> brings them back, and <c>Threshold</c> moves the decision, often with no
    /// balancing at all.
    /// </remarks>
    /// <exception cref="ModelTrainingException">
    /// From <c>RunAsync</c>: MT1930 (the label is a number), MT1931 to MT1935 (options), MT2670 to MT2676 (the training rows do not have what the method needs).
    /// </exception>
    public static SplitPipeline Balance(this SplitPipeline pipeline, BalanceMethod method, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(method);
        return new SplitPipeline(pipeline.Plan.Then(new BalanceStep(method), file, line));
    }
}
