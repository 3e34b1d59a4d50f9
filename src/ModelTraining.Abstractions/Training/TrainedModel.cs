using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What a trainer made: predicts in managed code, and writes itself into an ONNX graph. Safe to use from many threads.</summary>
public abstract class TrainedModel
{
    /// <summary>The name of the trainer that made it.</summary>
    public required string Trainer { get; init; }

    /// <summary>The features in the order in which the model takes them.</summary>
    public required IReadOnlyList<FeatureInfo> Features { get; init; }

    /// <summary>What is predicted.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>The classes' names in the order of the probabilities; empty for regression.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>How training ended.</summary>
    public RunStatus Status { get; init; }

    /// <summary>The learning curve; null when the trainer has none.</summary>
    public TrainingHistory? History { get; init; }

    /// <summary>How much each feature mattered, most first; empty when the trainer does not say.</summary>
    public IReadOnlyList<FeatureImportance> Importances { get; init; } = [];

    /// <summary>The version of the default operator set that <see cref="Emit"/> needs: the graph that it writes into has this one.</summary>
    public virtual int Opset => Graph.DefaultOpset;

    /// <summary>The numbers the model gives a row: one a class, or 1 for regression.</summary>
    public int OutputCount => Task == LearningTask.Regression ? 1 : Classes.Count;

    /// <summary>Predicts rows.</summary>
    /// <param name="features">The inputs, in the model's order.</param>
    /// <param name="rows">The rows to predict.</param>
    /// <param name="outputs">Takes [rows, <see cref="OutputCount"/>] numbers: probabilities that sum to 1, or the predicted value.</param>
    /// <param name="threads">How many threads to use at most. The result does not depend on it.</param>
    public abstract void Predict(FeatureSet features, ReadOnlySpan<int> rows, Span<float> outputs, int threads = 1);

    /// <summary>Writes the model into the graph that <paramref name="features"/> is a value of.</summary>
    /// <param name="features">Float [batch, features], NaN where missing.</param>
    /// <returns>Float [batch, <see cref="OutputCount"/>]: probabilities that sum to 1, or the predicted value.</returns>
    public abstract Value Emit(Value features);
}
