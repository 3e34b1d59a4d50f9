using System.Collections;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Explaining;

/// <summary>So many classes that ten rows have more SHAP values than an array holds.</summary>
internal sealed class ManyClasses : IReadOnlyList<string>
{
    public int Count => 100_000_000;

    public string this[int index] => "class";

    public static TrainedModel Model(TrainingData data) =>
        new OfManyClasses { Trainer = "Many", Features = data.Features.Features, Task = LearningTask.MulticlassClassification, Classes = new ManyClasses() };

    public IEnumerator<string> GetEnumerator() => Enumerable.Repeat("class", Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class OfManyClasses : TrainedModel, IExplainableModel
    {
        public string ExplainedUnit => "score";

        public IReadOnlyList<double> BaseValues => [];

        public long OperationsPerRow => 1;

        public override void Predict(FeatureSet features, ReadOnlySpan<int> rows, Span<float> outputs, int threads = 1) => throw new NotSupportedException();

        public override Value Emit(Value features) => throw new NotSupportedException();

        public void Explain(FeatureSet features, ReadOnlyMemory<int> rows, Memory<float> values, int threads = 1, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
