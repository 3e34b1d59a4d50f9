using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace ModelTraining;

internal sealed class FastForestAlgorithm(FastForestOptions options) : Algorithm
{
    public override string Name => "MLNet.FastForest";

    public override TrainerNeeds Needs { get; } = new();

    public override int? Seed => options.Seed;

    public override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public override bool IsBinary => true;

    public override IEnumerable<Problem> Validate() =>
    [
        .. Check(options.NumberOfTrees >= 1, nameof(options.NumberOfTrees), "at least 1", options.NumberOfTrees),
        .. Check(options.NumberOfLeaves >= 2, nameof(options.NumberOfLeaves), "at least 2", options.NumberOfLeaves),
        .. Check(options.MinimumExampleCountPerLeaf >= 1, nameof(options.MinimumExampleCountPerLeaf), "at least 1", options.MinimumExampleCountPerLeaf),
        .. Check(options.MaximumBinCountPerFeature >= 2, nameof(options.MaximumBinCountPerFeature), "at least 2", options.MaximumBinCountPerFeature),
        .. Check(options.FeatureFraction is > 0 and <= 1, nameof(options.FeatureFraction), "in (0, 1]", options.FeatureFraction),
        .. Check(options.FeatureFractionPerSplit is > 0 and <= 1, nameof(options.FeatureFractionPerSplit), "in (0, 1]", options.FeatureFractionPerSplit),
        .. Check(options.BaggingSize >= 0, nameof(options.BaggingSize), "at least 0", options.BaggingSize),
        .. Check(options.BaggingExampleFraction is > 0 and <= 1, nameof(options.BaggingExampleFraction), "in (0, 1]", options.BaggingExampleFraction),
        .. Check(options.Smoothing is >= 0 and <= 1, nameof(options.Smoothing), "in [0, 1]", options.Smoothing),
        .. Check(options.EntropyCoefficient is >= 0 and <= 1, nameof(options.EntropyCoefficient), "in [0, 1]", options.EntropyCoefficient),
        .. Check(options.NumberOfThreads is null or >= 1, nameof(options.NumberOfThreads), "at least 1", options.NumberOfThreads),
    ];

    public override ITransformer Fit(FitRequest request) => request.Task switch
    {
        LearningTask.Regression => request.Context.Regression.Trainers.FastForest(With(new FastForestRegressionTrainer.Options(), request)).Fit(request.Training),
        LearningTask.BinaryClassification => request.Context.BinaryClassification.Trainers.FastForest(With(new FastForestBinaryTrainer.Options(), request)).Fit(request.Training),
        _ => FitOneVersusAll(request, new OneVersusAllOptions())!,
    };

    public override ITransformer? FitOneVersusAll(FitRequest request, OneVersusAllOptions all) =>
        OneVersusAll(request, request.Context.BinaryClassification.Trainers.FastForest(With(new FastForestBinaryTrainer.Options(), request)), all);

    private T With<T>(T settings, FitRequest request)
        where T : FastForestOptionsBase
    {
        settings.ExampleWeightColumnName = request.Weight;
        settings.NumberOfTrees = options.NumberOfTrees;
        settings.NumberOfLeaves = options.NumberOfLeaves;
        settings.MinimumExampleCountPerLeaf = options.MinimumExampleCountPerLeaf;
        settings.MaximumBinCountPerFeature = options.MaximumBinCountPerFeature;
        settings.FeatureFraction = options.FeatureFraction;
        settings.FeatureFractionPerSplit = options.FeatureFractionPerSplit;
        settings.BaggingSize = options.BaggingSize;
        settings.BaggingExampleFraction = options.BaggingExampleFraction;
        settings.Smoothing = options.Smoothing;
        settings.EntropyCoefficient = options.EntropyCoefficient;
        settings.NumberOfThreads = options.NumberOfThreads ?? request.Threads;
        settings.Seed = settings.FeatureSelectionSeed = request.Seed;
        return settings;
    }
}
