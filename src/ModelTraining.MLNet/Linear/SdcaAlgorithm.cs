using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace ModelTraining;

internal sealed class SdcaAlgorithm(SdcaOptions options) : Algorithm
{
    public override string Name => "MLNet.Sdca";

    public override TrainerNeeds Needs { get; } = new() { WantsScaling = true };

    public override int? Seed => options.Seed;

    public override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public override bool IsBinary => true;

    public override bool PassesOften => true;

    public override IEnumerable<Problem> Validate() =>
    [
        .. Check(options.L2Regularization is null or >= 0, nameof(options.L2Regularization), "at least 0", options.L2Regularization),
        .. Check(options.L1Regularization is null or >= 0, nameof(options.L1Regularization), "at least 0", options.L1Regularization),
        .. Check(options.MaximumNumberOfIterations is null or >= 1, nameof(options.MaximumNumberOfIterations), "at least 1", options.MaximumNumberOfIterations),
        .. Check(options.ConvergenceTolerance is null or (> 0 and <= 1), nameof(options.ConvergenceTolerance), "in (0, 1]", options.ConvergenceTolerance),
        .. Check(options.BiasLearningRate is null or >= 0, nameof(options.BiasLearningRate), "at least 0", options.BiasLearningRate),
        .. Check(options.PositiveInstanceWeight > 0, nameof(options.PositiveInstanceWeight), "above 0", options.PositiveInstanceWeight),
        .. Check(options.NumberOfThreads is null or >= 1, nameof(options.NumberOfThreads), "at least 1", options.NumberOfThreads),
    ];

    public override ITransformer Fit(FitRequest request)
    {
        if (request.Task == LearningTask.BinaryClassification) return request.Context.BinaryClassification.Trainers.SdcaLogisticRegression(Binary(request)).Fit(request.Training);
        if (request.Task == LearningTask.MulticlassClassification)
        {
            var classes = new SdcaMaximumEntropyMulticlassTrainer.Options { ExampleWeightColumnName = request.Weight };
            (classes.L2Regularization, classes.L1Regularization, classes.MaximumNumberOfIterations) = (options.L2Regularization, options.L1Regularization, options.MaximumNumberOfIterations);
            (classes.ConvergenceCheckFrequency, classes.Shuffle, classes.NumberOfThreads) = (options.ConvergenceCheckFrequency, options.Shuffle, options.NumberOfThreads ?? 1);
            classes.ConvergenceTolerance = options.ConvergenceTolerance ?? classes.ConvergenceTolerance;
            classes.BiasLearningRate = options.BiasLearningRate ?? classes.BiasLearningRate;
            return request.Context.MulticlassClassification.Trainers.SdcaMaximumEntropy(classes).Fit(request.Training);
        }

        var numbers = new SdcaRegressionTrainer.Options { ExampleWeightColumnName = request.Weight };
        (numbers.L2Regularization, numbers.L1Regularization, numbers.MaximumNumberOfIterations) = (options.L2Regularization, options.L1Regularization, options.MaximumNumberOfIterations);
        (numbers.ConvergenceCheckFrequency, numbers.Shuffle, numbers.NumberOfThreads) = (options.ConvergenceCheckFrequency, options.Shuffle, options.NumberOfThreads ?? 1);
        numbers.ConvergenceTolerance = options.ConvergenceTolerance ?? numbers.ConvergenceTolerance;
        numbers.BiasLearningRate = options.BiasLearningRate ?? numbers.BiasLearningRate;
        return request.Context.Regression.Trainers.Sdca(numbers).Fit(request.Training);
    }

    public override ITransformer? FitOneVersusAll(FitRequest request, OneVersusAllOptions all) => OneVersusAll(request, request.Context.BinaryClassification.Trainers.SdcaLogisticRegression(Binary(request)), all);

    private SdcaLogisticRegressionBinaryTrainer.Options Binary(FitRequest request)
    {
        var settings = new SdcaLogisticRegressionBinaryTrainer.Options { ExampleWeightColumnName = request.Weight, PositiveInstanceWeight = options.PositiveInstanceWeight };
        (settings.L2Regularization, settings.L1Regularization, settings.MaximumNumberOfIterations) = (options.L2Regularization, options.L1Regularization, options.MaximumNumberOfIterations);
        (settings.ConvergenceCheckFrequency, settings.Shuffle, settings.NumberOfThreads) = (options.ConvergenceCheckFrequency, options.Shuffle, options.NumberOfThreads ?? 1);
        settings.ConvergenceTolerance = options.ConvergenceTolerance ?? settings.ConvergenceTolerance;
        settings.BiasLearningRate = options.BiasLearningRate ?? settings.BiasLearningRate;
        return settings;
    }
}
