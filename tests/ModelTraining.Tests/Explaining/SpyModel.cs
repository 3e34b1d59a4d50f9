using System.Collections.Concurrent;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Explaining;

/// <summary>Predicts its first feature, and keeps what it was asked.</summary>
internal sealed class SpyModel : TrainedModel
{
    public ConcurrentBag<FeatureSet> Asked { get; } = [];

    public static SpyModel Of(TrainingData data) => new() { Trainer = "Spy", Features = data.Features.Features, Task = data.Target.Task, Classes = data.Target.Classes };

    public override void Predict(FeatureSet features, ReadOnlySpan<int> rows, Span<float> outputs, int threads = 1)
    {
        Asked.Add(features);
        for (var i = 0; i < rows.Length; i++) outputs[i] = features.Column(0)[rows[i]];
    }

    public override Value Emit(Value features) => throw new NotSupportedException();
}
