namespace ModelTraining;

/// <summary>An algorithm of ML.NET as a trainer.</summary>
internal sealed class MLNetTrainer(Algorithm algorithm) : ITrainer, IHasOptions
{
    public Algorithm Algorithm => algorithm;

    public string Name => algorithm.Name;

    public TrainerNeeds Needs => algorithm.Needs;

    public IReadOnlyList<OptionValue> Options => algorithm.Options;

    public IEnumerable<Problem> Validate() => algorithm.Validate();

    public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(context);
        var problems = Validate().ToList();
        if (problems.Count > 0) throw new ModelTrainingException(problems);
        ThrowIfUnfit(data);
        return await Task.Run(() => Train(data, context, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private MLNetModel Train(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!data.Weights.IsEmpty && !algorithm.TakesWeights) context.Warn($"{Name} takes no weights: all training rows count alike.");
        var seed = algorithm.Seed ?? Fitting.Seed(context);
        var known = algorithm.IsForeign ? ConversionTrial.Problem(algorithm, data, seed, cancellationToken) : null;
        if (known is not null && context.IsExported) throw new ModelTrainingException("MT3302", known);
        if (known is not null) context.Warn(known);
        using var scope = new ContextScope(seed, context, cancellationToken);
        var training = new FeatureView(data, data.TrainingRows, algorithm.PassesOften, cancellationToken, context.Threads);
        var request = new FitRequest(
            scope.Context, data.Target, training, data.ValidationRows.IsEmpty ? null : new FeatureView(data, data.ValidationRows, keepRows: false, cancellationToken),
            data.Weights.IsEmpty || !algorithm.TakesWeights ? null : FeatureView.Weight, context.Threads, seed);
        var transformer = Fitting.Run(Name, () => Fitting.Calibrated(request, algorithm.Fit(request)), cancellationToken);
        var model = new MLNetModel(scope.Context, transformer, new FeatureView(data.Features, default).Schema)
        {
            Trainer = Name,
            Features = data.Features.Features,
            Task = data.Target.Task,
            Classes = data.Target.Classes,
            Importances = TreeImportances.Of(transformer, algorithm.Uncalibrated, data.Features.Features),
        };
        if (!algorithm.IsForeign) return model;
        model.ThrowIfOutputsAreUnfit(data, Name);
        if (known is null && model.ConversionProblem() is { } problem) context.Warn(problem);
        return model;
    }

    private void ThrowIfUnfit(TrainingData data)
    {
        var target = data.Target;
        if (target.Task == LearningTask.Regression && !algorithm.PredictsNumbers)
        {
            throw new ModelTrainingException("MT3301", $"{Name} tells classes apart, and '{target.Column}' is a number. Use MLNet.FastTree or MLNet.Sdca, or have the label read as text.");
        }

        if (target.Task != LearningTask.Regression && !algorithm.PredictsClasses)
        {
            throw new ModelTrainingException("MT3301", $"{Name} predicts a number, and '{target.Column}' has {target.Classes.Count} classes. Use MLNet.FastTree or MLNet.Sdca, or have the label read as a number.");
        }

        TrainingDataCheck.Throw(data, finiteFeatures: !Needs.HandlesMissing, severalClasses: true, categories: Needs.MaxCategories > 0);
    }
}
