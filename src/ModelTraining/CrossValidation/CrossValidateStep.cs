namespace ModelTraining;

/// <summary>Encodes the label, and does the steps that follow once for each fold; then the run goes on with all rows, or with the folds' models.</summary>
internal sealed class CrossValidateStep(CrossValidateOptions options) : IRunStep, IHasOptions
{
    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public string Name => "CrossValidate";

    public IEnumerable<Problem> Validate() => options.Validate();

    public IEnumerable<Problem> Validate(Schema schema) => Labels.Validate(schema).Concat(options.Validate(schema));

    public async ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        Labels.Read(state);
        state.Division = options.Division;
        var plan = new FoldPlan(options, state, this);
        plan.Check(cancellationToken);
        var folds = await new FoldLoop(plan, state).RunAsync(cancellationToken).ConfigureAwait(false);
        var report = FoldGatherer.Gather(plan, state, folds, cancellationToken);
        state.CrossValidation = report;
        state.Context.Report(report);
        if (options.Final == FinalModel.Ensemble) Adopt(state, folds);
        else state.Split = plan.Whole;
    }

    /// <summary>Goes on with the folds' models as one. Their features stand side by side, each as its fold fitted them.</summary>
    private static void Adopt(RunState state, IReadOnlyList<FoldOutcome> folds)
    {
        List<FoldModel> models = [.. folds.Select(fold => fold.Model!)];
        var first = models[0];
        state.Target = folds[0].Target;
        (state.Table, state.Functions, state.FeatureOptions) = (first.Table, first.Functions, first.FeatureOptions);
        var union = FeatureUnion.Of([.. models.Select(model => model.Features)], state.Table.Schema, i => FormattableString.Invariant($"fold {i + 1}/"));
        state.Features = union.Features;
        state.Model = new EnsembleModel([.. models.Select(model => model.Model)], union.Features.Features, union.FirstFeatures);
        if (models.All(model => model.Threshold is not null)) state.Threshold = models.Average(model => model.Threshold!.Value);
        state.Split = new DataSplit([.. Enumerable.Range(0, state.Table.RowCount)], [], []);
        state.ModelIsOfFolds = true;
    }
}
