using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace ModelTraining;

internal sealed class LinearSvmAlgorithm(LinearSvmOptions options) : Algorithm
{
    public override string Name => "MLNet.LinearSvm";

    public override TrainerNeeds Needs { get; } = new() { WantsScaling = true };

    public override int? Seed => options.Seed;

    public override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public override bool PredictsNumbers => false;

    public override bool IsBinary => true;

    public override bool PassesOften => true;

    public override IEnumerable<Problem> Validate() =>
    [
        .. Check(options.NumberOfIterations >= 1, nameof(options.NumberOfIterations), "at least 1", options.NumberOfIterations),
        .. Check(options.Lambda > 0, nameof(options.Lambda), "above 0", options.Lambda),
        .. Check(options.BatchSize >= 1, nameof(options.BatchSize), "at least 1", options.BatchSize),
        .. Check(options.InitialWeightsDiameter >= 0, nameof(options.InitialWeightsDiameter), "at least 0", options.InitialWeightsDiameter),
    ];

    public override ITransformer Fit(FitRequest request) =>
        request.Task == LearningTask.BinaryClassification ? Trainer(request).Fit(request.Training) : FitOneVersusAll(request, new OneVersusAllOptions())!;

    public override ITransformer? FitOneVersusAll(FitRequest request, OneVersusAllOptions all) => OneVersusAll(request, Trainer(request), all);

    private LinearSvmTrainer Trainer(FitRequest request) => request.Context.BinaryClassification.Trainers.LinearSvm(new LinearSvmTrainer.Options
    {
        ExampleWeightColumnName = request.Weight,
        NumberOfIterations = options.NumberOfIterations,
        Lambda = options.Lambda,
        BatchSize = options.BatchSize,
        PerformProjection = options.PerformProjection,
        NoBias = options.NoBias,
        InitialWeightsDiameter = options.InitialWeightsDiameter,
        Shuffle = options.Shuffle,
    });
}
