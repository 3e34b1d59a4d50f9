namespace ModelTraining;

/// <summary>Fits on the training part what was planned and the features, and applies it to all rows.</summary>
internal sealed class PrepareStep(TrainerNeeds needs) : IRunStep
{
    public string Name => "Prepare";

    public TrainerNeeds Needs => needs;

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        var fit = new FeaturePlan(state.FeatureOptions).Fit(state.Table, state.Split.TrainingRows, state.Target, needs, state.Context, state.Weights, cancellationToken);
        state.Features = fit.Fitted;
        state.Data = new TrainingData(fit.Features, state.Target, fit.TrainingRows, state.Split.ValidationRows, state.Weights);
        return ValueTask.CompletedTask;
    }
}
