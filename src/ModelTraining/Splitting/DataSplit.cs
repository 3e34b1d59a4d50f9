using System.Globalization;

namespace ModelTraining;

/// <summary>Which rows are for what: every row is in one part, but for those of a fold of time that lie in its gap or after it; each part in ascending order. Immutable.</summary>
public sealed class DataSplit
{
    internal DataSplit(int[] trainingRows, int[] validationRows, int[] testRows) =>
        (TrainingRows, ValidationRows, TestRows) = (trainingRows, validationRows, testRows);

    /// <summary>The rows to learn from.</summary>
    public ReadOnlyMemory<int> TrainingRows { get; }

    /// <summary>The rows to stop early by; empty when none were asked for.</summary>
    public ReadOnlyMemory<int> ValidationRows { get; }

    /// <summary>The rows to measure the model on.</summary>
    public ReadOnlyMemory<int> TestRows { get; }

    /// <summary>Whether each part has its share of every class, or of every tenth of the sorted labels.</summary>
    public bool Stratified { get; internal init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{TrainingRows.Length} training, {ValidationRows.Length} validation and {TestRows.Length} test rows{(Stratified ? ", stratified" : "")}");
}
