using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.Recommender;

namespace ModelTraining;

/// <summary>ML.NET's matrix factorisation as a trainer.</summary>
internal sealed class FactorizationTrainer(MatrixFactorizationOptions options) : ITrainer, IHasOptions
{
    // Positions travel as floats, which count that far one by one.
    private const int MostCategories = 1 << 24;

    public string Name => "MLNet.MatrixFactorization";

    public TrainerNeeds Needs { get; } = new() { HandlesMissing = true, MaxCategories = MostCategories };

    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public IEnumerable<Problem> Validate() => options.Validate();

    public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(context);
        var problems = Validate().ToList();
        if (problems.Count > 0) throw new ModelTrainingException(problems);
        ThrowIfUnfit(data);
        return await Task.Run(() => Train(data, context, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private FactorizationModel Train(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!data.Weights.IsEmpty) context.Warn($"{Name} takes no weights: all training rows count alike.");
        using var scope = new ContextScope(Fitting.Seed(context), context, cancellationToken);
        var trainer = scope.Context.Recommendation().Trainers.MatrixFactorization(new MatrixFactorizationTrainer.Options
        {
            MatrixColumnIndexColumnName = PairView.First,
            MatrixRowIndexColumnName = PairView.Second,
            LabelColumnName = PairView.Label,
            LossFunction = options.LossFunction,
            Lambda = options.Lambda,
            ApproximationRank = options.ApproximationRank,
            NumberOfIterations = options.NumberOfIterations,
            LearningRate = options.LearningRate,
            Alpha = options.Alpha,
            C = options.C,
            NonNegative = options.NonNegative,
            NumberOfThreads = options.NumberOfThreads ?? 1,
            Quiet = true, // otherwise it writes to the console
        });
        var transformer = Fitting.Run(Name, () => trainer.Fit(new PairView(data, cancellationToken)), cancellationToken);
        return new FactorizationModel(scope.Context, (MatrixFactorizationPredictionTransformer)transformer, PairView.SchemaOf(data.Features.Features, withLabel: false), Mean(data))
        {
            Trainer = Name,
            Features = data.Features.Features,
            Task = data.Target.Task,
            Classes = data.Target.Classes,
        };
    }

    private static float Mean(TrainingData data)
    {
        var sum = 0.0;
        foreach (var row in data.TrainingRows.Span) sum += data.Target.Values[row];
        return (float)(sum / data.TrainingRows.Length);
    }

    private void ThrowIfUnfit(TrainingData data)
    {
        var (features, target) = (data.Features.Features, data.Target);
        if (target.Task != LearningTask.Regression)
        {
            throw new ModelTrainingException("MT3301", $"{Name} predicts a number, and '{target.Column}' has {target.Classes.Count} classes. Say WithTask(LearningTask.Regression), or use MLNet.FastTree.");
        }

        if (features.Count != 2 || features.Any(feature => feature.Kind != FeatureKind.Category))
        {
            var found = string.Join(", ", features.Take(5).Select(feature => $"'{feature.Name}' ({(feature.Kind == FeatureKind.Category ? "categories" : "a quantity")})"));
            throw new ModelTrainingException("MT3310", $"{Name} takes two columns of categories, such as a user and an item. Got {features.Count}: {found}. Have ids that are numbers read as text, by Types of Csv for example, and give other columns the role Ignored.");
        }

        TrainingDataCheck.Throw(data, finiteFeatures: false, severalClasses: false);
    }
}
