using System.Diagnostics.CodeAnalysis;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>A classifier whose probabilities go through a calibration: what <c>Calibrate</c> makes of a model.</summary>
public sealed class CalibratedModel : TrainedModel
{
    [SetsRequiredMembers]
    internal CalibratedModel(TrainedModel inner, ProbabilityMap map)
    {
        (Inner, Map) = (inner, map);
        (Trainer, Features, Task, Classes) = (inner.Trainer, inner.Features, inner.Task, inner.Classes);
        (Status, History, Importances) = (inner.Status, inner.History, inner.Importances);
    }

    /// <summary>The model as the trainer made it, with probabilities that are not calibrated.</summary>
    public TrainedModel Inner { get; }

    internal ProbabilityMap Map { get; }

    /// <inheritdoc/>
    public override void Predict(FeatureSet features, ReadOnlySpan<int> rows, Span<float> outputs, int threads = 1)
    {
        Inner.Predict(features, rows, outputs, threads);
        Map.Apply(outputs, OutputCount);
    }

    /// <inheritdoc/>
    public override Value Emit(Value features) => Map.Emit(Inner.Emit(features), OutputCount);
}
