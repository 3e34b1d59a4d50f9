using System.Diagnostics.CodeAnalysis;
using ModelTraining.Onnx;

namespace ModelTraining.Tests;

/// <summary>A model whose first feature is the probability of class 1, or the predicted number; of more classes, whose features are their probabilities.</summary>
internal sealed class FakeModel : TrainedModel
{
    /// <summary>The sizes of the batches that were asked for.</summary>
    public List<int> Batches { get; } = [];

    [SetsRequiredMembers]
    public FakeModel(Target target) => (Trainer, Features, Task, Classes) = ("Fake", [], target.Task, target.Classes);

    public override void Predict(FeatureSet features, ReadOnlySpan<int> rows, Span<float> outputs, int threads = 1)
    {
        Batches.Add(rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            if (OutputCount == 1)
            {
                outputs[i] = features.Column(0)[rows[i]];
            }
            else if (OutputCount == 2)
            {
                outputs[2 * i + 1] = features.Column(0)[rows[i]];
                outputs[2 * i] = 1 - outputs[2 * i + 1];
            }
            else
            {
                for (var j = 0; j < OutputCount; j++) outputs[i * OutputCount + j] = features.Column(j)[rows[i]];
            }
        }
    }

    public override Value Emit(Value features) => throw new NotSupportedException();
}
