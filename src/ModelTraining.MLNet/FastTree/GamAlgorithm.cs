using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace ModelTraining;

internal sealed class GamAlgorithm(GamOptions options) : Algorithm
{
    public override string Name => "MLNet.Gam";

    public override TrainerNeeds Needs { get; } = new();

    public override int? Seed => options.Seed;

    public override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public override bool IsBinary => true;

    public override IEnumerable<Problem> Validate() =>
    [
        .. Check(options.NumberOfIterations >= 1, nameof(options.NumberOfIterations), "at least 1", options.NumberOfIterations),
        .. Check(options.LearningRate > 0, nameof(options.LearningRate), "above 0", options.LearningRate),
        .. Check(options.MaximumBinCountPerFeature >= 2, nameof(options.MaximumBinCountPerFeature), "at least 2", options.MaximumBinCountPerFeature),
        .. Check(options.MinimumExampleCountPerLeaf >= 1, nameof(options.MinimumExampleCountPerLeaf), "at least 1", options.MinimumExampleCountPerLeaf),
        .. Check(options.EntropyCoefficient is >= 0 and <= 1, nameof(options.EntropyCoefficient), "in [0, 1]", options.EntropyCoefficient),
        .. Check(options.MaximumTreeOutput > 0, nameof(options.MaximumTreeOutput), "above 0", options.MaximumTreeOutput),
        .. Check(options.NumberOfThreads is null or >= 1, nameof(options.NumberOfThreads), "at least 1", options.NumberOfThreads),
    ];

    public override ITransformer Fit(FitRequest request) => request.Task switch
    {
        LearningTask.Regression => request.Context.Regression.Trainers.Gam(Numbers(request)).Fit(request.Training, request.Validation),
        LearningTask.BinaryClassification => request.Context.BinaryClassification.Trainers.Gam(Binary(request)).Fit(request.Training, request.Validation),
        _ => FitOneVersusAll(request, new OneVersusAllOptions())!,
    };

    public override ITransformer? FitOneVersusAll(FitRequest request, OneVersusAllOptions all) => OneVersusAll(request, request.Context.BinaryClassification.Trainers.Gam(Binary(request)), all);

    // The options of both tasks are nested in classes of their own, so that they have no base in common.
    private GamBinaryTrainer.Options Binary(FitRequest request) => new()
    {
        ExampleWeightColumnName = request.Weight,
        NumberOfIterations = options.NumberOfIterations,
        LearningRate = options.LearningRate,
        MaximumBinCountPerFeature = options.MaximumBinCountPerFeature,
        MinimumExampleCountPerLeaf = options.MinimumExampleCountPerLeaf,
        EntropyCoefficient = options.EntropyCoefficient,
        MaximumTreeOutput = options.MaximumTreeOutput,
        EnablePruning = options.EnablePruning,
        UnbalancedSets = options.UnbalancedSets,
        NumberOfThreads = options.NumberOfThreads ?? request.Threads,
        Seed = request.Seed,
    };

    private GamRegressionTrainer.Options Numbers(FitRequest request) => new()
    {
        ExampleWeightColumnName = request.Weight,
        NumberOfIterations = options.NumberOfIterations,
        LearningRate = options.LearningRate,
        MaximumBinCountPerFeature = options.MaximumBinCountPerFeature,
        MinimumExampleCountPerLeaf = options.MinimumExampleCountPerLeaf,
        EntropyCoefficient = options.EntropyCoefficient,
        MaximumTreeOutput = options.MaximumTreeOutput,
        EnablePruning = options.EnablePruning,
        NumberOfThreads = options.NumberOfThreads ?? request.Threads,
        Seed = request.Seed,
    };
}
