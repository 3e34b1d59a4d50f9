using System.Diagnostics.CodeAnalysis;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Calibration;

/// <summary>A trainer whose models are far too sure of themselves: all log-probabilities times four.</summary>
internal sealed class SharpenedTrainer(ITrainer trainer) : ITrainer
{
    public string Name => trainer.Name;

    public TrainerNeeds Needs => trainer.Needs;

    public IEnumerable<Problem> Validate() => trainer.Validate();

    public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken) =>
        new Sharpened(await trainer.TrainAsync(data, context, cancellationToken));

    private sealed class Sharpened : TrainedModel
    {
        private readonly TrainedModel _model;
        private readonly TemperatureMap _map = new(4);

        [SetsRequiredMembers]
        public Sharpened(TrainedModel model) => (_model, Trainer, Features, Task, Classes, History) = (model, model.Trainer, model.Features, model.Task, model.Classes, model.History);

        public override void Predict(FeatureSet features, ReadOnlySpan<int> rows, Span<float> outputs, int threads = 1)
        {
            _model.Predict(features, rows, outputs, threads);
            _map.Apply(outputs, OutputCount);
        }

        public override Value Emit(Value features) => _map.Emit(_model.Emit(features), OutputCount);
    }
}
