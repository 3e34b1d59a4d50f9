namespace ModelTraining;

/// <summary>What a run has so far: each step takes from it and adds to it.</summary>
internal sealed class RunState(PipelinePlan plan, StageContext context, IProgress<TrainingProgress>? progress)
{
    private readonly SeededRandom _random = new(plan.Seed);
    private Table? _source, _table;
    private DataSplit? _split;
    private Target? _target;
    private FittedFeatures? _features;
    private TrainingData? _data;
    private TrainedModel? _model;

    public PipelinePlan Plan => plan;

    public StageContext Context => context;

    public DateTimeOffset StartedAt { get; } = plan.Time.GetUtcNow();

    /// <summary>Told with the stage's name and number filled in; null when nobody listens.</summary>
    public IProgress<TrainingProgress>? Progress => progress;

    /// <summary>The rows as the source gave them.</summary>
    public Table Source { get => Have(_source, "a source"); set => _source = Kept(value); }

    /// <summary>The rows as the stages so far have made them.</summary>
    public Table Table { get => Have(_table, "a table"); set => _table = Kept(value); }

    /// <summary>Where columns go that are too large for memory; null where that is an error.</summary>
    public SpillStore? Spill { get; init; }

    /// <summary>Stages of others have changed rows, in ways that the exported model does not repeat.</summary>
    public List<string> StagesOutsideModel { get; } = [];

    public DataSplit Split { get => Have(_split, "a split"); set => _split = value; }

    /// <summary>How rows are to be divided where parts of them are divided once more.</summary>
    public RowDivision Division { get; set; } = new();

    public Target Target { get => Have(_target, "a target"); set => _target = value; }

    public FittedFeatures Features { get => Have(_features, "features"); set => _features = value; }

    public FeatureOptions FeatureOptions { get; set; } = new();

    /// <summary>What is done to the rows that a trainer is given because classes are of unequal size, in this order.</summary>
    public List<BalanceStep> Balancing { get; } = [];

    /// <summary>What computes columns of the table that the source does not have.</summary>
    public RowFunctions Functions { get; set; } = RowFunctions.None;

    /// <summary>What the model learns from: inputs and targets of all rows, and which rows are for what.</summary>
    public TrainingData Data { get => Have(_data, "training data"); set => _data = value; }

    /// <summary>How much each row counts; empty when all count alike.</summary>
    public ReadOnlyMemory<float> Weights { get; set; }

    public TrainedModel Model { get => Have(_model, "a model"); set => _model = value; }

    /// <summary>Of two classes, the least probability of the second at which it is predicted; null where the more probable one is.</summary>
    public float? Threshold { get; set; }

    public bool HasModel => _model is not null;

    public Evaluation? Evaluation { get; set; }

    /// <summary>What folds have measured; null where the test part measures.</summary>
    public CrossValidationReport? CrossValidation { get; set; }

    /// <summary>The model is that of the folds together: the steps that would fit one have been done in them.</summary>
    public bool ModelIsOfFolds { get; set; }

    /// <summary>It is a fold's, of a cross-validation that has others.</summary>
    public bool InFold { get; private init; }

    /// <summary>The rows that stand for those that the model will serve: the test part; all rows where folds have measured.</summary>
    public ReadOnlyMemory<int> ServedRows => Split.TestRows.IsEmpty ? Split.TrainingRows : Split.TestRows;

    /// <summary>Takes what trackers are to keep while a step is at work; null when nobody tracks.</summary>
    public Action<RunMetric>? Track { get; init; }

    public Explanation? Explanation { get; set; }

    /// <summary>The caller's wish to stop, for steps after the training that a model can do without.</summary>
    public CancellationToken Cancelled { get; init; }

    /// <summary>Told of each score on the validation part while a model trains; null when nobody asks.</summary>
    public Action<int, double>? Scored { get; init; }

    /// <summary>The caller stopped a step that had a whole model by then.</summary>
    public bool StoppedEarly { get; set; }

    public List<ExportedModel> Exports { get; } = [];

    public List<string> Repairs { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<StageTiming> Timings { get; } = [];

    /// <summary>A stream of random numbers of its own for a part of the run.</summary>
    public SeededRandom Random(string part) => _random.Fork(part);

    private Table Kept(Table table) => Spill is null ? table : table.KeptIn(Spill);

    /// <summary>The same up to the split, to go on from apart: what becomes of the one does not touch the other.</summary>
    public RunState Fork(PipelinePlan forkPlan, Action<string> warn, Action<int, double>? scored, IProgress<TrainingProgress>? told = null, bool inFold = false)
    {
        var fork = new RunState(forkPlan, context.Fork(warn, forkPlan.Threads), told)
        {
            _source = _source,
            _table = _table,
            _split = _split,
            _target = _target,
            Division = Division,
            FeatureOptions = FeatureOptions,
            Functions = Functions,
            Weights = Weights,
            Cancelled = Cancelled,
            Scored = scored,
            InFold = InFold || inFold,
        };
        fork.StagesOutsideModel.AddRange(StagesOutsideModel);
        fork.Balancing.AddRange(Balancing);
        return fork;
    }

    /// <summary>Goes on from where a fork has come to.</summary>
    public void Adopt(RunState fork)
    {
        (_table, _features, _data, _model) = (fork._table, fork.Features, fork.Data.WithoutSharedWork(), fork.Model);
        (FeatureOptions, Functions, Threshold) = (fork.FeatureOptions, fork.Functions, fork.Threshold);
        foreach (var report in fork.Context.Reports) context.Report(report);
    }

    private static T Have<T>(T? value, string what) where T : class =>
        value ?? throw new InvalidOperationException($"The run has no {what} yet."); // the phases' types keep users from ever seeing this

    public PipelineRun ToRun(string description) => new()
    {
        Description = description,
        Status = StoppedEarly ? RunStatus.Cancelled : _model?.Status ?? RunStatus.Completed,
        Seed = plan.Seed,
        Plan = plan,
        StartedAt = StartedAt,
        Source = Source,
        Table = Table,
        SplitOrNull = _split,
        TargetOrNull = _target,
        FeaturesOrNull = _features,
        Functions = Functions,
        ModelOrNull = _model,
        EvaluationOrNull = Evaluation,
        CrossValidationOrNull = CrossValidation,
        ExplanationOrNull = Explanation,
        Exports = Exports,
        Repairs = Repairs,
        Warnings = Warnings,
        Timings = Timings,
        Reports = context.Reports,
        Spill = Spill,
        Exporter = _model is null ? null : new ModelExporter(this),
        Explainer = _model is null ? null : new ModelExplainer(this),
    };
}
