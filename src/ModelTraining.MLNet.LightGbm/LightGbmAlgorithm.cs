using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.LightGbm;

namespace ModelTraining;

internal sealed class LightGbmAlgorithm(LightGbmOptions options) : Algorithm
{
    public override string Name => "MLNet.LightGbm";

    public override TrainerNeeds Needs { get; } = new();

    public override int? Seed => options.Seed;

    public override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public override bool IsBinary => true;

    public override object? Uncalibrated(object? model) => model is CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator> calibrated ? calibrated.SubModel : model;

    public override IEnumerable<Problem> Validate() =>
    [
        .. Check(options.NumberOfIterations >= 1, nameof(options.NumberOfIterations), "at least 1", options.NumberOfIterations),
        .. Check(options.NumberOfLeaves is null or >= 2, nameof(options.NumberOfLeaves), "at least 2", options.NumberOfLeaves),
        .. Check(options.MinimumExampleCountPerLeaf is null or >= 1, nameof(options.MinimumExampleCountPerLeaf), "at least 1", options.MinimumExampleCountPerLeaf),
        .. Check(options.LearningRate is null or > 0, nameof(options.LearningRate), "above 0", options.LearningRate),
        .. Check(options.MaximumBinCountPerFeature >= 2, nameof(options.MaximumBinCountPerFeature), "at least 2", options.MaximumBinCountPerFeature),
        .. Check(options.EarlyStoppingRound >= 0, nameof(options.EarlyStoppingRound), "at least 0", options.EarlyStoppingRound),
        .. Check(options.MaximumTreeDepth >= 0, nameof(options.MaximumTreeDepth), "at least 0", options.MaximumTreeDepth),
        .. Check(options.MinimumSplitGain >= 0, nameof(options.MinimumSplitGain), "at least 0", options.MinimumSplitGain),
        .. Check(options.MinimumChildWeight >= 0, nameof(options.MinimumChildWeight), "at least 0", options.MinimumChildWeight),
        .. Check(options.SubsampleFrequency >= 0, nameof(options.SubsampleFrequency), "at least 0", options.SubsampleFrequency),
        .. Check(options.SubsampleFraction is > 0 and <= 1, nameof(options.SubsampleFraction), "in (0, 1]", options.SubsampleFraction),
        .. Check(options.FeatureFraction is > 0 and <= 1, nameof(options.FeatureFraction), "in (0, 1]", options.FeatureFraction),
        .. Check(options.L2Regularization >= 0, nameof(options.L2Regularization), "at least 0", options.L2Regularization),
        .. Check(options.L1Regularization >= 0, nameof(options.L1Regularization), "at least 0", options.L1Regularization),
        .. Check(options.NumberOfThreads is null or >= 1, nameof(options.NumberOfThreads), "at least 1", options.NumberOfThreads),
    ];

    public override ITransformer Fit(FitRequest request)
    {
        var validation = options.EarlyStoppingRound > 0 ? request.Validation ?? throw NoValidation() : null;
        return request.Task switch
        {
            LearningTask.Regression => request.Context.Regression.Trainers.LightGbm(Numbers(request)).Fit(request.Training, validation),
            LearningTask.BinaryClassification => request.Context.BinaryClassification.Trainers.LightGbm(TwoClasses(request)).Fit(request.Training, validation),
            _ => request.Context.MulticlassClassification.Trainers.LightGbm(Classes(request)).Fit(request.Training, validation),
        };
    }

    public override ITransformer? FitOneVersusAll(FitRequest request, OneVersusAllOptions all) =>
        options.EarlyStoppingRound > 0 ? throw NoValidation() : OneVersusAll(request, request.Context.BinaryClassification.Trainers.LightGbm(TwoClasses(request)), all);

    private ModelTrainingException NoValidation() =>
        new("MT3305", $"{Name} has an EarlyStoppingRound of {options.EarlyStoppingRound}, and there is no validation part to stop by. Use Split(validation: 0.1), or leave the option out; one model against all others has none.");

    // The options of each task are nested in a class of its own, so that they have no base in common.
    private LightGbmRegressionTrainer.Options Numbers(FitRequest request) => new()
    {
        ExampleWeightColumnName = request.Weight,
        NumberOfIterations = options.NumberOfIterations,
        NumberOfLeaves = options.NumberOfLeaves,
        MinimumExampleCountPerLeaf = options.MinimumExampleCountPerLeaf,
        LearningRate = options.LearningRate,
        MaximumBinCountPerFeature = options.MaximumBinCountPerFeature,
        EarlyStoppingRound = options.EarlyStoppingRound,
        NumberOfThreads = options.NumberOfThreads ?? request.Threads,
        Deterministic = options.Deterministic,
        ForceColumnWise = options.ForceColumnWise,
        Seed = request.Seed,
        Booster = Booster(),
    };

    private LightGbmBinaryTrainer.Options TwoClasses(FitRequest request) => new()
    {
        ExampleWeightColumnName = request.Weight,
        NumberOfIterations = options.NumberOfIterations,
        NumberOfLeaves = options.NumberOfLeaves,
        MinimumExampleCountPerLeaf = options.MinimumExampleCountPerLeaf,
        LearningRate = options.LearningRate,
        MaximumBinCountPerFeature = options.MaximumBinCountPerFeature,
        EarlyStoppingRound = options.EarlyStoppingRound,
        UnbalancedSets = options.UnbalancedSets,
        NumberOfThreads = options.NumberOfThreads ?? request.Threads,
        Deterministic = options.Deterministic,
        ForceColumnWise = options.ForceColumnWise,
        Seed = request.Seed,
        Booster = Booster(),
    };

    private LightGbmMulticlassTrainer.Options Classes(FitRequest request) => new()
    {
        ExampleWeightColumnName = request.Weight,
        NumberOfIterations = options.NumberOfIterations,
        NumberOfLeaves = options.NumberOfLeaves,
        MinimumExampleCountPerLeaf = options.MinimumExampleCountPerLeaf,
        LearningRate = options.LearningRate,
        MaximumBinCountPerFeature = options.MaximumBinCountPerFeature,
        EarlyStoppingRound = options.EarlyStoppingRound,
        UnbalancedSets = options.UnbalancedSets,
        UseSoftmax = options.UseSoftmax,
        NumberOfThreads = options.NumberOfThreads ?? request.Threads,
        Deterministic = options.Deterministic,
        ForceColumnWise = options.ForceColumnWise,
        Seed = request.Seed,
        Booster = Booster(),
    };

    private GradientBooster.Options Booster() => new()
    {
        MaximumTreeDepth = options.MaximumTreeDepth,
        MinimumSplitGain = options.MinimumSplitGain,
        MinimumChildWeight = options.MinimumChildWeight,
        SubsampleFrequency = options.SubsampleFrequency,
        SubsampleFraction = options.SubsampleFraction,
        FeatureFraction = options.FeatureFraction,
        L2Regularization = options.L2Regularization,
        L1Regularization = options.L1Regularization,
    };
}
