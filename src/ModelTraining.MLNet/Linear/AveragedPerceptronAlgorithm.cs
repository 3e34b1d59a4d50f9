using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace ModelTraining;

internal sealed class AveragedPerceptronAlgorithm(AveragedPerceptronOptions options) : Algorithm
{
    public override string Name => "MLNet.AveragedPerceptron";

    public override TrainerNeeds Needs { get; } = new() { WantsScaling = true };

    public override int? Seed => options.Seed;

    public override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public override bool TakesWeights => false;

    public override bool PredictsNumbers => false;

    public override bool IsBinary => true;

    public override bool PassesOften => true;

    public override IEnumerable<Problem> Validate() =>
    [
        .. Check(options.NumberOfIterations >= 1, nameof(options.NumberOfIterations), "at least 1", options.NumberOfIterations),
        .. Check(options.LearningRate > 0, nameof(options.LearningRate), "above 0", options.LearningRate),
        .. Check(options.L2Regularization is >= 0 and < 0.5f, nameof(options.L2Regularization), "in [0, 0.5)", options.L2Regularization),
        .. Check(options.RecencyGain >= 0, nameof(options.RecencyGain), "at least 0", options.RecencyGain),
        .. Check(options.InitialWeightsDiameter >= 0, nameof(options.InitialWeightsDiameter), "at least 0", options.InitialWeightsDiameter),
    ];

    public override ITransformer Fit(FitRequest request) =>
        request.Task == LearningTask.BinaryClassification ? Trainer(request).Fit(request.Training) : FitOneVersusAll(request, new OneVersusAllOptions())!;

    public override ITransformer? FitOneVersusAll(FitRequest request, OneVersusAllOptions all) => OneVersusAll(request, Trainer(request), all);

    private AveragedPerceptronTrainer Trainer(FitRequest request) => request.Context.BinaryClassification.Trainers.AveragedPerceptron(new AveragedPerceptronTrainer.Options
    {
        NumberOfIterations = options.NumberOfIterations,
        LearningRate = options.LearningRate,
        DecreaseLearningRate = options.DecreaseLearningRate,
        L2Regularization = options.L2Regularization,
        LazyUpdate = options.LazyUpdate,
        RecencyGain = options.RecencyGain,
        RecencyGainMultiplicative = options.RecencyGainMultiplicative,
        Averaged = options.Averaged,
        InitialWeightsDiameter = options.InitialWeightsDiameter,
        Shuffle = options.Shuffle,
    });
}
