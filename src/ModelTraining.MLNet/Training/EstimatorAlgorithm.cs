using Microsoft.ML;

namespace ModelTraining;

/// <summary>An estimator that the user makes.</summary>
internal sealed class EstimatorAlgorithm(Func<MLContext, IEstimator<ITransformer>> estimator, TrainerNeeds needs, int? seed) : Algorithm
{
    public override string Name => "MLNet.Use";

    public override TrainerNeeds Needs => needs;

    public override int? Seed => seed;

    public override IReadOnlyList<OptionValue> Options => [];

    public override bool IsForeign => true;

    public override IEnumerable<Problem> Validate() => [];

    public override ITransformer Fit(FitRequest request)
    {
        var made = estimator(request.Context) ?? throw new ModelTrainingException("MT1512", "MLNet.Use was given a function that makes no estimator: it returned null. Return one, for example context.Regression.Trainers.Sdca().");
        return made.Fit(request.Training);
    }
}
