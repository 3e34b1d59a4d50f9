using Microsoft.ML;

namespace ModelTraining;

internal sealed class OneVersusAllAlgorithm(ITrainer trainer, OneVersusAllOptions options) : Algorithm
{
    private readonly Algorithm? _inner = (trainer as MLNetTrainer)?.Algorithm is { IsBinary: true } binary ? binary : null;

    public override string Name => "MLNet.OneVersusAll";

    public override TrainerNeeds Needs => trainer.Needs;

    public override int? Seed => _inner?.Seed;

    public override IReadOnlyList<OptionValue> Options => [new OptionValue("Trainer", trainer.Name, false), .. OptionValue.Of(options), .. _inner?.Options ?? []];

    public override bool TakesWeights => _inner?.TakesWeights ?? true;

    public override bool PredictsNumbers => false;

    public override bool PassesOften => _inner?.PassesOften ?? false;

    public override bool IsForeign => _inner?.IsForeign ?? true;

    public override IEnumerable<Problem> Validate() =>
    [
        .. _inner is null ? [new Problem("MT1511", $"MLNet.OneVersusAll takes a trainer of MLNet that tells two classes apart. Got {trainer.Name}; pass MLNet.LinearSvm(), for example.")] : trainer.Validate(),
        .. Check(options.MaximumCalibrationExampleCount >= 1, nameof(options.MaximumCalibrationExampleCount), "at least 1", options.MaximumCalibrationExampleCount),
    ];

    public override ITransformer Fit(FitRequest request) =>
        request.Task == LearningTask.BinaryClassification ? _inner!.Fit(request) : _inner!.FitOneVersusAll(request, options)!;
}
