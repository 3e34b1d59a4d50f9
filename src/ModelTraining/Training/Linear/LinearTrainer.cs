namespace ModelTraining;

/// <summary>What the linear trainers have in common.</summary>
internal abstract class LinearTrainer(string name, bool predictsClasses, bool fitIntercept) : ITrainer
{
    /// <summary>A table of this many features squared has to fit into memory.</summary>
    private const int MostFeatures = 20_000;

    public string Name => name;

    public TrainerNeeds Needs { get; } = new() { WantsScaling = true };

    public abstract IEnumerable<Problem> Validate();

    public long? EstimateMemoryBytes(TrainingData data, int threads)
    {
        ArgumentNullException.ThrowIfNull(data);
        var (rows, columns, outputs) = ((long)data.TrainingRows.Length, data.Features.Count + 1L, (long)data.Target.OutputCount);
        // The rows once more, block after block; then the products of all pairs of features and their factor, or the pairs of steps and slopes that L-BFGS goes by.
        return (rows * ((sizeof(float) * columns) + (sizeof(double) * (2 + outputs)))) + (sizeof(double) * (predictsClasses ? 2 * (QuasiNewton.Memory + 2) * outputs * columns : 2 * columns * columns));
    }

    public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(context);
        var problems = Validate().ToList();
        if (problems.Count > 0) throw new ModelTrainingException(problems);
        ThrowIfUnfit(data);
        return await Task.Run(() => Train(data, new DesignMatrix(data, fitIntercept, context.Threads), context, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    protected abstract LinearModel Train(TrainingData data, DesignMatrix design, TrainingContext context, CancellationToken cancellationToken);

    /// <param name="data">What was learned from.</param>
    /// <param name="design">The same, as rows.</param>
    /// <param name="weights">[outputs, features].</param>
    /// <param name="biases">[outputs].</param>
    /// <param name="errors">Standard errors as the weights, NaN for none; null where there are none at all.</param>
    /// <param name="biasErrors">Likewise of the biases.</param>
    /// <param name="status">How training ended.</param>
    /// <param name="history">The learning curve.</param>
    protected LinearModel Model(TrainingData data, DesignMatrix design, double[] weights, double[] biases, double[]? errors, double[]? biasErrors, RunStatus status, TrainingHistory history)
    {
        var features = data.Features.Features;
        var classes = data.Target.Classes;
        string? ClassOf(int output) => classes.Count == 0 ? null : biases.Length == 1 ? classes[1] : classes[output];
        double? Error(double[]? of, int i) => of is null || double.IsNaN(of[i]) ? null : of[i];
        return new LinearModel(weights, biases, design.Means)
        {
            Trainer = name,
            Features = features,
            Task = data.Target.Task,
            Classes = classes,
            Status = status,
            History = history,
            Coefficients = [.. weights.Select((weight, i) => new LinearCoefficient(features[i % features.Count].Name, ClassOf(i / features.Count), weight, Error(errors, i)))],
            Intercepts = [.. biases.Select((bias, i) => new LinearCoefficient("(intercept)", ClassOf(i), bias, Error(biasErrors, i)))],
            Importances = Importances(features, design, weights),
        };
    }

    private static List<FeatureImportance> Importances(IReadOnlyList<FeatureInfo> features, DesignMatrix design, double[] weights)
    {
        var sizes = new double[features.Count];
        for (var i = 0; i < weights.Length; i++) sizes[i % features.Count] += Math.Abs(weights[i]) * design.Deviations[i % features.Count];
        var all = sizes.Sum();
        return [.. features.Select((feature, i) => new FeatureImportance(feature.Name, all > 0 ? sizes[i] / all : 0, 0)).OrderByDescending(importance => importance.Gain)];
    }

    private void ThrowIfUnfit(TrainingData data)
    {
        if (predictsClasses != (data.Target.Task != LearningTask.Regression))
        {
            throw new ModelTrainingException("MT2456", predictsClasses
                ? $"{name} tells classes apart, and '{data.Target.Column}' is a number. Use Linear.Ridge, or have the label read as text."
                : $"{name} predicts a number, and '{data.Target.Column}' has {data.Target.Classes.Count} classes. Use Linear.Logistic, or have the label read as a number.");
        }

        if (data.Features.Count > MostFeatures && !predictsClasses)
        {
            throw new ModelTrainingException("MT2457", $"{data.Features.Count} features are too many for {name}, which keeps the products of all pairs of up to {MostFeatures}. Lower FeatureOptions.OneHotMaxCategories, or leave columns out.");
        }

        TrainingDataCheck.Throw(data, finiteFeatures: true, severalClasses: true);
    }
}
