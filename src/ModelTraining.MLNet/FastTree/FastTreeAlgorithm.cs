using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.FastTree;

namespace ModelTraining;

internal sealed class FastTreeAlgorithm(FastTreeOptions options) : Algorithm
{
    public override string Name => "MLNet.FastTree";

    public override TrainerNeeds Needs { get; } = new();

    public override int? Seed => options.Seed;

    public override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public override bool IsBinary => true;

    public override object? Uncalibrated(object? model) => model is CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator> calibrated ? calibrated.SubModel : model;

    public override IEnumerable<Problem> Validate() =>
    [
        .. Check(options.NumberOfTrees >= 1, nameof(options.NumberOfTrees), "at least 1", options.NumberOfTrees),
        .. Check(options.NumberOfLeaves >= 2, nameof(options.NumberOfLeaves), "at least 2", options.NumberOfLeaves),
        .. Check(options.MinimumExampleCountPerLeaf >= 1, nameof(options.MinimumExampleCountPerLeaf), "at least 1", options.MinimumExampleCountPerLeaf),
        .. Check(options.LearningRate > 0, nameof(options.LearningRate), "above 0", options.LearningRate),
        .. Check(options.Shrinkage > 0, nameof(options.Shrinkage), "above 0", options.Shrinkage),
        .. Check(options.MaximumBinCountPerFeature >= 2, nameof(options.MaximumBinCountPerFeature), "at least 2", options.MaximumBinCountPerFeature),
        .. Check(options.FeatureFraction is > 0 and <= 1, nameof(options.FeatureFraction), "in (0, 1]", options.FeatureFraction),
        .. Check(options.FeatureFractionPerSplit is > 0 and <= 1, nameof(options.FeatureFractionPerSplit), "in (0, 1]", options.FeatureFractionPerSplit),
        .. Check(options.BaggingSize >= 0, nameof(options.BaggingSize), "at least 0", options.BaggingSize),
        .. Check(options.BaggingExampleFraction is > 0 and <= 1, nameof(options.BaggingExampleFraction), "in (0, 1]", options.BaggingExampleFraction),
        .. Check(options.DropoutRate is >= 0 and < 1, nameof(options.DropoutRate), "in [0, 1)", options.DropoutRate),
        .. Check(options.Smoothing is >= 0 and <= 1, nameof(options.Smoothing), "in [0, 1]", options.Smoothing),
        .. Check(options.EntropyCoefficient is >= 0 and <= 1, nameof(options.EntropyCoefficient), "in [0, 1]", options.EntropyCoefficient),
        .. Check(options.GainConfidenceLevel is >= 0 and < 1, nameof(options.GainConfidenceLevel), "in [0, 1)", options.GainConfidenceLevel),
        .. Check(options.MaximumTreeOutput > 0, nameof(options.MaximumTreeOutput), "above 0", options.MaximumTreeOutput),
        .. Check(options.NumberOfThreads is null or >= 1, nameof(options.NumberOfThreads), "at least 1", options.NumberOfThreads),
    ];

    public override ITransformer Fit(FitRequest request)
    {
        if (options.EarlyStoppingRule is not null && (request.Validation is null || request.Task == LearningTask.MulticlassClassification))
        {
            throw new ModelTrainingException("MT3305", request.Validation is null
                ? $"{Name} has an EarlyStoppingRule, and there is no validation part to stop by. Use Split(validation: 0.1), or leave the rule out."
                : $"{Name} has an EarlyStoppingRule, and '{request.Target.Column}' has {request.Target.Classes.Count} classes, each of which is trained by itself, without a validation part. Leave the rule out.");
        }

        return request.Task switch
        {
            LearningTask.Regression => request.Context.Regression.Trainers.FastTree(With(new FastTreeRegressionTrainer.Options { EarlyStoppingMetric = options.EarlyStoppingMetric }, request)).Fit(request.Training, request.Validation),
            LearningTask.BinaryClassification => request.Context.BinaryClassification.Trainers.FastTree(Binary(request)).Fit(request.Training, request.Validation),
            _ => FitOneVersusAll(request, new OneVersusAllOptions())!,
        };
    }

    public override ITransformer? FitOneVersusAll(FitRequest request, OneVersusAllOptions all) => OneVersusAll(request, request.Context.BinaryClassification.Trainers.FastTree(Binary(request)), all);

    private FastTreeBinaryTrainer.Options Binary(FitRequest request) =>
        With(new FastTreeBinaryTrainer.Options { UnbalancedSets = options.UnbalancedSets, EarlyStoppingMetric = options.EarlyStoppingMetric }, request);

    private T With<T>(T settings, FitRequest request)
        where T : BoostedTreeOptions
    {
        settings.ExampleWeightColumnName = request.Weight;
        settings.NumberOfTrees = options.NumberOfTrees;
        settings.NumberOfLeaves = options.NumberOfLeaves;
        settings.MinimumExampleCountPerLeaf = options.MinimumExampleCountPerLeaf;
        settings.LearningRate = options.LearningRate;
        settings.Shrinkage = options.Shrinkage;
        settings.MaximumBinCountPerFeature = options.MaximumBinCountPerFeature;
        settings.FeatureFraction = options.FeatureFraction;
        settings.FeatureFractionPerSplit = options.FeatureFractionPerSplit;
        settings.BaggingSize = options.BaggingSize;
        settings.BaggingExampleFraction = options.BaggingExampleFraction;
        settings.DropoutRate = options.DropoutRate;
        settings.Smoothing = options.Smoothing;
        settings.EntropyCoefficient = options.EntropyCoefficient;
        settings.GainConfidenceLevel = options.GainConfidenceLevel;
        settings.MaximumTreeOutput = options.MaximumTreeOutput;
        settings.NumberOfThreads = options.NumberOfThreads ?? request.Threads;
        settings.Seed = settings.FeatureSelectionSeed = request.Seed;
        if (options.EarlyStoppingRule is not null) settings.EarlyStoppingRule = options.EarlyStoppingRule;
        return settings;
    }
}
