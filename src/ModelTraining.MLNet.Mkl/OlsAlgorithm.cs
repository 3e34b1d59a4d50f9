using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace ModelTraining;

internal sealed class OlsAlgorithm(OlsOptions options) : Algorithm
{
    public override string Name => "MLNet.Ols";

    public override TrainerNeeds Needs { get; } = new() { WantsScaling = true };

    public override int? Seed => null;

    public override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public override bool PredictsClasses => false;

    public override IEnumerable<Problem> Validate() => Check(options.L2Regularization >= 0, nameof(options.L2Regularization), "at least 0", options.L2Regularization);

    public override ITransformer Fit(FitRequest request) =>
        request.Context.Regression.Trainers.Ols(new OlsTrainer.Options { ExampleWeightColumnName = request.Weight, L2Regularization = options.L2Regularization }).Fit(request.Training);
}
