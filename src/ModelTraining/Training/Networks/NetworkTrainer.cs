using System.Diagnostics.CodeAnalysis;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Trains a network on a table's features.</summary>
/// <param name="name">The entry point that made it.</param>
/// <param name="options">How.</param>
/// <param name="build">Gives [batch, outputs]: scores, or the standardised number.</param>
/// <param name="needs">In what form the network wants its features.</param>
/// <param name="opset">The version of the default operator set that it is written in.</param>
internal sealed class NetworkTrainer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
    string name, TOptions options, Func<NetworkInput, Value> build, TrainerNeeds needs, int opset = Graph.DefaultOpset) : ITrainer, IHasOptions, IBackendStep<ITrainer>
    where TOptions : NetworkOptions, new()
{
    private const string Output = "table.output";

    public string Name => name;

    public TrainerNeeds Needs => needs;

    public bool KeepsCheckpoints => true;

    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public long? EstimateMemoryBytes(TrainingData data, int threads)
    {
        ArgumentNullException.ThrowIfNull(data);
        var (graph, _) = Build(data, new SeededRandom(0));
        var batch = Math.Min(options.BatchSizeFinder?.MinBatchSize ?? options.BatchSize, data.TrainingRows.Length);
        var weights = sizeof(float) * graph.Weights.Sum(weight => (long)graph.Graph.Constants[weight.Name].Count);
        return new MemoryEstimate(graph, Settings(graph, threads, batch), options.GradientAccumulationSteps > 1).Of(batch) + weights; // and the best so far
    }

    public IEnumerable<Problem> Validate() => options.Validate(name);

    public ITrainer With(ITrainingBackend backend) => new NetworkTrainer<TOptions>(name, options with { Backend = backend }, build, needs, opset);

    public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(context);
        var problems = Validate().ToList();
        if (problems.Count > 0) throw new ModelTrainingException(problems);
        if (options.Monitor != "loss" && !Metrics.ByKey(options.Monitor).Supports(data.Target.Task))
        {
            throw new ModelTrainingException("MT1736", $"The 'Monitor' option of {name} is {options.Monitor}, which is not defined for {data.Target.Task}. Choose one of loss, {string.Join(", ", Metrics.For(data.Target.Task).Select(metric => metric.Key))}.");
        }

        TrainingDataCheck.Throw(data, finiteFeatures: true, severalClasses: true, categories: needs.MaxCategories > 0);
        if (options.Loss is not null && !data.Weights.IsEmpty) throw new ModelTrainingException("MT1746", $"The 'Loss' option of {name} gives the mean over rows, and the data has weights, which it would not know. Leave one of them out.");
        // A thread of its own from the first step to the last: native code that keeps things per thread finds them again.
        return await Task.Factory.StartNew(() => Train(data, context, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
    }

    private NetworkModel Train(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        var (training, trained) = Build(data, context.Random.Fork("weights"));
        var source = new FeatureBatches(data);
        var rows = data.TrainingRows.ToArray();
        using var checkpoints = context.Checkpoints is { } kept ? new CheckpointFolder(kept, TrainingFingerprint.Of(training, options, Options, data, context.Random), context) : null;
        // What was found before the training was stopped holds on; the machine may be another now.
        var found = checkpoints?.Found;
        var batchSize = found is null ? FindBatchSize(training, source, data, context, cancellationToken) : found.BatchSize;
        var used = new FoundSettings(batchSize, null).In(options);
        var settings = Settings(training, context.Threads, used.BatchSize);
        var phases = Phases(training, trained, TrainingLoop.UpdatesIn(rows.Length, used));
        if (phases.Count > 1) CheckGradients(training);
        using var sessions = new TrainedSessions(phases, graph => options.Backend.Compile(graph, settings));
        found ??= new FoundSettings(batchSize, options.LearningRateFinder is null ? null : new LearningRateSweep(sessions.Enter(0), source, rows, used, context).Run(name, cancellationToken));
        if (checkpoints is not null) checkpoints.Found = found;
        used = found.In(options);
        var validation = data.ValidationRows.IsEmpty ? null : new ValidationScore(source, data.ValidationRows.ToArray(), data, used, context);
        var result = new TrainingLoop(sessions, source, rows, validation, used, context, checkpoints).Run(cancellationToken);
        if (options.Loss is null && result.Status == RunStatus.Completed && result.History.Training.Min() is var least && !(least < LossOfNothing(data)))
        {
            context.Warn(FormattableString.Invariant($"{name} has learned nothing in {result.History.Training.Count} epochs: its loss on the training rows, {least:G3}, is no lower than that of a model that says the same of each row, {LossOfNothing(data):G3}. Lower 'LearningRate' ({used.LearningRate}), or give it more 'Epochs'."));
        }

        return Model(data, training, result, found);
    }

    /// <summary>What a reshape makes of a row shows when the graph runs, and then not for batches of each size; here it is seen with batches of two sizes.</summary>
    private void CheckRows(Graph graph, Value raw)
    {
        try
        {
            if (new RowShapes(graph).Of(raw.Name) is { } shape && shape[0] != 1) throw new ModelTrainingException("MT3068", $"{name} gave {shape[0]} rows for each row that it was given, {raw}. Look at its reshapes: after the batch, their sizes must hold what a row does.");
        }
        catch (ModelTrainingException exception) when (exception.Place is { } place)
        {
            throw new ModelTrainingException([.. exception.Problems.Select(problem => problem with { Message = $"{problem.Message} ({place}, tried with a batch of 2 or 3 rows)" })], null, exception);
        }
    }

    /// <summary>A model that says the same of every row has this loss; training that does not get below it has learned nothing.</summary>
    private static double LossOfNothing(TrainingData data)
    {
        if (data.Target.Task == LearningTask.Regression) return 1;
        var weights = new double[data.Target.Classes.Count];
        foreach (var row in data.TrainingRows.Span) weights[(int)data.Target.Values[row]] += data.Weights.IsEmpty ? 1 : data.Weights[row];
        var sum = weights.Sum();
        return weights.Where(weight => weight > 0).Sum(weight => -weight / sum * Math.Log(weight / sum));
    }

    private FoundBatchSize? FindBatchSize(TrainingGraph training, FeatureBatches source, TrainingData data, TrainingContext context, CancellationToken cancellationToken) => options.BatchSizeFinder is { } finder
        ? new BatchSizeSearch(training, Settings(training, context.Threads, finder.MaxBatchSize), source, data.TrainingRows.ToArray(), data.ValidationRows.ToArray(), options, context, BackendMemory.Of(options.Backend)).Run(name, cancellationToken)
        : null;

    private BackendSettings Settings(TrainingGraph training, int threads, int batchSize) =>
        new() { Optimizer = options.Optimizer, Threads = Threads(training, threads, batchSize), KeepsAverage = options.Averaging is not null };

    private (TrainingGraph Graph, List<(int AfterEpochs, TrainedWeight Weight)> Trained) Build(TrainingData data, SeededRandom random)
    {
        var graph = new Graph(name, opset);
        var features = graph.Input(FeatureBatches.Features, ElementType.Float, Dimension.Batch, data.Features.Count);
        var isRegression = data.Target.Task == LearningTask.Regression;
        var target = graph.Input(FeatureBatches.Target, isRegression ? ElementType.Float : ElementType.Int64, Dimension.Batch);
        var weights = data.Weights.IsEmpty ? null : graph.Input(FeatureBatches.Weights, ElementType.Float, Dimension.Batch);
        var outputs = data.Target.OutputCount;
        var raw = build(new NetworkInput(features, data.Features.Features, outputs, random));
        if (raw?.Graph != graph) throw new ModelTrainingException("MT3068", $"{name} gave a value of another graph, or none. Build the network from the features that are passed in.");
        if (raw.Shape is { } shape && (shape.Count != 2 || (shape[1].IsKnown && shape[1].Size != outputs)))
        {
            throw new ModelTrainingException("MT3068", $"{name} gave {raw}, where [batch, {outputs}] is needed for {(isRegression ? "a number" : $"{outputs} classes")}. End it with a dense layer of {outputs} outputs.");
        }

        CheckRows(graph, raw);
        var scale = isRegression ? TargetScale.Of(data) : null;
        graph.Output(Output, scale is null ? raw.Softmax() : (raw * (float)scale.Deviation) + (float)scale.Mean);
        var loss = NetworkLoss.Of(options.Loss, raw, target, weights, scale);
        var trained = Trained(loss);
        return (new TrainingGraph { Graph = graph, Loss = loss.Name, Outputs = [Output], Weights = [.. trained.Select(pair => pair.Weight)] }, trained);
    }

    /// <summary>What is trained, and after how many epochs.</summary>
    private List<(int AfterEpochs, TrainedWeight Weight)> Trained(Value loss)
    {
        var candidates = Gradients.Weights(loss);
        foreach (var group in options.ParameterGroups)
        {
            if (!candidates.Any(weight => group.Matches(weight.Name)))
            {
                throw new ModelTrainingException("MT1737", $"No weight of {name} is called like the ParameterGroup '{group.Pattern}'. {NearestNames.Sentence(group.Pattern, candidates.Select(weight => weight.Name))}");
            }
        }

        var trained = new List<(int AfterEpochs, TrainedWeight Weight)>();
        // A layer is a weight of at least two dimensions, with what comes until the next.
        bool IsLayer(Value weight) => weight.Shape!.Count > 1 && options.IsLayer(weight.Name);
        var layers = candidates.Count(IsLayer);
        var layersAfter = layers;
        foreach (var weight in candidates)
        {
            if (IsLayer(weight)) layersAfter--;
            var group = options.ParameterGroups.FirstOrDefault(group => group.Matches(weight.Name));
            if (group is { Frozen: true } || options.TrainedAfter(weight.Name, layersAfter, layers) is not { } afterEpochs) continue;
            // What has one dimension is a bias or the scale of a normalisation: shrinking those does not regularise.
            var decay = group?.WeightDecayFactor ?? (weight.Shape!.Count > 1 ? 1 : 0);
            trained.Add((afterEpochs, new TrainedWeight(weight.Name) { LearningRateFactor = (group?.LearningRateFactor ?? 1) * options.LayerFactor(layersAfter), WeightDecayFactor = decay }));
        }

        if (candidates.Count == 0) throw new ModelTrainingException("MT1738", $"{name} has no weight that its loss depends on. Give the network a layer with weights, and let the loss be of what it predicts.");
        return trained.Any(pair => pair.AfterEpochs == 0) ? trained : throw new ModelTrainingException("MT1738", $"{name} has no weight that is trained: all are frozen. Leave some out of the ParameterGroups that are.");
    }

    /// <summary>The graph with the weights that are trained, from each epoch on in which some thaw. Adam's correction of what begins at zero counts from there.</summary>
    private static List<(int Epoch, TrainingGraph Graph)> Phases(TrainingGraph training, List<(int AfterEpochs, TrainedWeight Weight)> trained, long updatesPerEpoch) =>
        [.. from epoch in trained.Select(pair => pair.AfterEpochs).Distinct().Order()
            let weights = trained.Where(pair => pair.AfterEpochs <= epoch).Select(pair => pair.Weight with { UpdatesBefore = pair.AfterEpochs * updatesPerEpoch })
            select (epoch, training with { Weights = [.. weights] })];

    /// <summary>What has no gradient is told before the first epoch, and not when it thaws.</summary>
    private static void CheckGradients(TrainingGraph training)
    {
        var graph = TrainingForm.Of(training).Graph;
        Gradients.Of(graph[training.Loss], [.. training.Weights.Select(weight => graph[weight.Name])]);
    }

    /// <summary>A step of a small network is over before a second thread has woken up.</summary>
    private static int Threads(TrainingGraph graph, int threads, int batchSize)
    {
        const double WorthThreads = 50e6;
        var parameters = graph.Weights.Sum(weight => (double)graph.Graph.Constants[weight.Name].Count);
        return 6 * parameters * batchSize < WorthThreads ? 1 : threads;
    }

    private NetworkModel Model(TrainingData data, TrainingGraph training, LoopResult result, FoundSettings found)
    {
        var graph = training.Graph;
        foreach (var (weight, values) in result.Weights)
        {
            if (graph.Constants.TryGetValue(weight, out var tensor)) graph.ReplaceConstant(weight, Tensor.Of(values, tensor.Shape.ToArray()));
        }

        return new NetworkModel(GraphCopy.Part(graph, FeatureBatches.Features, Output))
        {
            Trainer = name,
            Features = data.Features.Features,
            Task = data.Target.Task,
            Classes = data.Target.Classes,
            Status = result.Status,
            History = result.History,
            // What thawed after the best epoch is as it was.
            TrainedParameterCount = training.Weights.Where(weight => result.Weights.ContainsKey(weight.Name)).Sum(weight => (long)graph.Constants[weight.Name].Count),
            FoundLearningRate = found.LearningRate,
            FoundBatchSize = found.BatchSize,
        };
    }
}
