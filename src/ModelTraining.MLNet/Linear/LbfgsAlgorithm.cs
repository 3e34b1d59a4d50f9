using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace ModelTraining;

internal sealed class LbfgsAlgorithm(LbfgsOptions options) : Algorithm
{
    public override string Name => "MLNet.Lbfgs";

    public override TrainerNeeds Needs { get; } = new() { WantsScaling = true };

    public override int? Seed => options.Seed;

    public override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public override bool IsBinary => true;

    public override bool PassesOften => true;

    public override IEnumerable<Problem> Validate() =>
    [
        .. Check(options.L2Regularization >= 0, nameof(options.L2Regularization), "at least 0", options.L2Regularization),
        .. Check(options.L1Regularization >= 0, nameof(options.L1Regularization), "at least 0", options.L1Regularization),
        .. Check(options.OptimizationTolerance > 0, nameof(options.OptimizationTolerance), "above 0", options.OptimizationTolerance),
        .. Check(options.HistorySize >= 1, nameof(options.HistorySize), "at least 1", options.HistorySize),
        .. Check(options.MaximumNumberOfIterations >= 1, nameof(options.MaximumNumberOfIterations), "at least 1", options.MaximumNumberOfIterations),
        .. Check(options.InitialWeightsDiameter >= 0, nameof(options.InitialWeightsDiameter), "at least 0", options.InitialWeightsDiameter),
        .. Check(options.NumberOfThreads is null or >= 1, nameof(options.NumberOfThreads), "at least 1", options.NumberOfThreads),
    ];

    public override ITransformer Fit(FitRequest request)
    {
        if (request.Task == LearningTask.BinaryClassification) return request.Context.BinaryClassification.Trainers.LbfgsLogisticRegression(Binary(request)).Fit(request.Training);
        if (request.Task == LearningTask.MulticlassClassification)
        {
            var classes = new LbfgsMaximumEntropyMulticlassTrainer.Options { ExampleWeightColumnName = request.Weight };
            (classes.L2Regularization, classes.L1Regularization, classes.OptimizationTolerance) = (options.L2Regularization, options.L1Regularization, options.OptimizationTolerance);
            (classes.HistorySize, classes.MaximumNumberOfIterations, classes.InitialWeightsDiameter) = (options.HistorySize, options.MaximumNumberOfIterations, options.InitialWeightsDiameter);
            (classes.EnforceNonNegativity, classes.NumberOfThreads) = (options.EnforceNonNegativity, options.NumberOfThreads ?? 1);
            return request.Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(classes).Fit(request.Training);
        }

        var numbers = new LbfgsPoissonRegressionTrainer.Options { ExampleWeightColumnName = request.Weight };
        (numbers.L2Regularization, numbers.L1Regularization, numbers.OptimizationTolerance) = (options.L2Regularization, options.L1Regularization, options.OptimizationTolerance);
        (numbers.HistorySize, numbers.MaximumNumberOfIterations, numbers.InitialWeightsDiameter) = (options.HistorySize, options.MaximumNumberOfIterations, options.InitialWeightsDiameter);
        (numbers.EnforceNonNegativity, numbers.NumberOfThreads) = (options.EnforceNonNegativity, options.NumberOfThreads ?? 1);
        return request.Context.Regression.Trainers.LbfgsPoissonRegression(numbers).Fit(request.Training);
    }

    public override ITransformer? FitOneVersusAll(FitRequest request, OneVersusAllOptions all) => OneVersusAll(request, request.Context.BinaryClassification.Trainers.LbfgsLogisticRegression(Binary(request)), all);

    private LbfgsLogisticRegressionBinaryTrainer.Options Binary(FitRequest request)
    {
        var settings = new LbfgsLogisticRegressionBinaryTrainer.Options { ExampleWeightColumnName = request.Weight };
        (settings.L2Regularization, settings.L1Regularization, settings.OptimizationTolerance) = (options.L2Regularization, options.L1Regularization, options.OptimizationTolerance);
        (settings.HistorySize, settings.MaximumNumberOfIterations, settings.InitialWeightsDiameter) = (options.HistorySize, options.MaximumNumberOfIterations, options.InitialWeightsDiameter);
        (settings.EnforceNonNegativity, settings.NumberOfThreads) = (options.EnforceNonNegativity, options.NumberOfThreads ?? 1);
        return settings;
    }
}
