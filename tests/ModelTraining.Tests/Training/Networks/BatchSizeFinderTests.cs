using ModelTraining.Onnx;

namespace ModelTraining.Tests.Training.Networks;

internal sealed class BatchSizeFinderTests
{
    private const long MiB = 1024 * 1024;

    [Test]
    public void Run_takes_the_largest_batch_within_the_budget_and_tries_none_beyond_it()
    {
        var (tried, found, warnings) = Search(new BatchSizeFinder { MinBatchSize = 4, MemoryBudgetBytes = 100 * MiB }, rows => rows * MiB);
        Assert.That(found.BatchSize, Is.EqualTo(64));
        Assert.That(found.BudgetBytes, Is.EqualTo(100 * MiB));
        Assert.That(found.Trials.Select(trial => (trial.BatchSize, trial.PeakBytes / MiB)), Is.EqualTo(new (int, long?)[] { (4, 4), (8, 8), (16, 16), (32, 32), (64, 64), (128, null) }));
        Assert.That(found.Trials[^1].ExpectedBytes, Is.EqualTo(128 * MiB));
        Assert.That(tried.Distinct(), Is.EqualTo(new[] { 4, 8, 16, 32, 64 }));
        Assert.That(warnings.Single(), Does.Contain("64 rows by the memory of this machine").And.Contain("'BatchSize' = 64"));
    }

    [Test]
    public void Run_without_a_budget_takes_a_share_of_what_is_available()
    {
        var (_, found, _) = Search(new BatchSizeFinder { MinBatchSize = 4, MemoryShare = 0.25 }, rows => rows * MiB, available: 200 * MiB);
        Assert.That((found.BudgetBytes, found.BatchSize), Is.EqualTo((50 * MiB, 32)));
        (_, found, _) = Search(new BatchSizeFinder { MinBatchSize = 4, MemoryBudgetBytes = 1000 * MiB }, rows => rows * MiB, available: 20 * MiB);
        Assert.That((found.BudgetBytes, found.BatchSize), Is.EqualTo((20 * MiB, 16)), "there is no more than the machine has");
    }

    [Test]
    public void Run_ends_with_the_largest_size_or_the_rows()
    {
        Assert.That(Search(new BatchSizeFinder { MaxBatchSize = 50 }, rows => rows).Found.Trials.Select(trial => trial.BatchSize), Is.EqualTo(new[] { 8, 16, 32, 50 }));
        Assert.That(Search(new BatchSizeFinder { MaxBatchSize = 1000 }, rows => rows).Found.BatchSize, Is.EqualTo(150), "the training rows");
        Assert.That(Search(new BatchSizeFinder { MinBatchSize = 200 }, rows => rows).Found.BatchSize, Is.EqualTo(150));
    }

    [Test]
    public void Run_takes_refused_memory_as_too_much()
    {
        var (_, found, _) = Search(new BatchSizeFinder(), rows => rows, refusedFrom: 64);
        Assert.That(found.BatchSize, Is.EqualTo(32));
        Assert.That(found.Trials[^1], Is.EqualTo(new BatchSizeTrial(64, found.Trials[^1].ExpectedBytes, null)));
    }

    [Test]
    public void Run_with_a_budget_that_the_first_batch_breaks_says_what_to_try()
    {
        var taken = Assert.Throws<ModelTrainingException>(() => Search(new BatchSizeFinder { MemoryBudgetBytes = MiB }, rows => rows * MiB))!;
        Assert.That((taken.Id, taken.Message.Contains("A batch of 8 rows", StringComparison.Ordinal), taken.Message.Contains("takes 8 MiB, and the budget is 1 MiB", StringComparison.Ordinal)), Is.EqualTo(("MT3081", true, true)));
        Assert.That(taken.Message, Does.Contain("Lower 'MinBatchSize' and raise 'GradientAccumulationSteps'"));
        var expected = Assert.Throws<ModelTrainingException>(() => Search(new BatchSizeFinder { MemoryBudgetBytes = 100 }, rows => rows))!;
        Assert.That((expected.Id, expected.Message.Contains("is expected to take", StringComparison.Ordinal)), Is.EqualTo(("MT3081", true)));
    }

    [Test]
    public void Of_counts_weights_states_values_and_gradients()
    {
        var graph = new Graph("small");
        var x = graph.Input("x", ElementType.Float, Dimension.Batch, 10);
        var ids = graph.Input("ids", ElementType.Int64, Dimension.Batch);
        var loss = graph.Output("loss", x.MatMul(graph.Constant(Tensor.Of(new float[50], 10, 5), "weight")).Gather(ids).Reshape(-1).ReduceMean(keepDims: false));
        var training = new TrainingGraph { Graph = graph, Loss = loss.Name, Outputs = ["loss"], Weights = [new TrainedWeight("weight")] };
        var values = (2 * 4 * ((20 * 10) + (20 * 5) + (20 * 5) + (20 * 5) + 1 + 1)) + (8 * 20);
        var shapes = graph.Nodes.Where(node => node.OpType is not ("MatMul" or "Gather" or "Reshape" or "ReduceMean" or "Identity")).Select(node => node.OpType);
        Assert.That(shapes, Is.Empty);
        Assert.That(new MemoryEstimate(training, new BackendSettings { Optimizer = new Sgd() }, false).Of(20) - values, Is.EqualTo(4 * 50 * (2 + new Sgd().State.Count)));
        Assert.That(new MemoryEstimate(training, new BackendSettings { Optimizer = new Adam(), KeepsAverage = true }, true).Of(20) - values, Is.EqualTo(4 * 50 * 6));
        Assert.That(graph["x"].Shape![0], Is.EqualTo(Dimension.Batch), "the graph itself stays as it is");
    }

    [Test]
    public void Used_and_Available_are_those_of_this_process()
    {
        var memory = new ProcessMemory();
        var (before, available) = (memory.Used(), memory.Available());
        Assert.That(before, Is.InRange(MiB, 1L << 40));
        Assert.That(available, Is.InRange(MiB, 1L << 44));
        var held = GC.AllocateUninitializedArray<byte>((int)(256 * MiB));
        for (var i = 0; i < held.Length; i += 1024) held[i] = 1;
        Assert.That(memory.Used() - before, Is.GreaterThan(100 * MiB));
        GC.KeepAlive(held);
    }

    [Test]
    public async Task Train_with_a_finder_gives_the_bits_of_its_size_and_a_resumed_one_the_same()
    {
        using var folder = new TemporaryFolder();
        var data = NetworkTrainerTests.Curve(200, noise: 5);
        ITrainer Trainer(BatchSizeFinder? finder, int size = 3) => ModelTraining.Networks.Mlp(o => o with { Hidden = [8], Epochs = 4, BatchSize = size, BatchSizeFinder = finder, Dropout = 0.1, GradientAccumulationSteps = 2 });
        var finder = new BatchSizeFinder { MinBatchSize = 5, MaxBatchSize = 20 };
        var found = (NetworkModel)await Trainer(finder).TrainAsync(data, new TrainingContext(), default);
        Assert.That(found.FoundBatchSize!.BatchSize, Is.EqualTo(20));
        Assert.That((await Trainer(null, 20).TrainAsync(data, new TrainingContext(), default)).History!.Training, Is.EqualTo(found.History!.Training));

        using var cancel = new CancellationTokenSource();
        var checkpoints = new CheckpointSettings(folder.Path) { Every = TimeSpan.Zero };
        var stopping = new TrainingContext { Checkpoints = checkpoints, Progress = new Told(report => { if (report.Unit == "batches") cancel.Cancel(); }) };
        var stopped = (NetworkModel)await Trainer(finder).TrainAsync(data, stopping, cancel.Token);
        Assert.That(stopped.Status, Is.EqualTo(RunStatus.Cancelled));
        var warnings = new List<string>();
        var resumed = (NetworkModel)await Trainer(finder).TrainAsync(data, new TrainingContext { Checkpoints = checkpoints, Warn = warnings.Add }, default);
        Assert.That(resumed.History!.Training, Is.EqualTo(found.History.Training));
        Assert.That(resumed.FoundBatchSize!.Trials, Is.EqualTo(stopped.FoundBatchSize!.Trials));
        Assert.That(warnings, Has.None.Contains("BatchSizeFinder"), "nothing was looked for again");
    }

    [Test]
    public async Task Train_on_a_device_with_memory_of_its_own_takes_a_share_of_that()
    {
        var (before, most) = (50 * MiB, 0L);
        CountingBackend backend = null!;
        backend = new CountingBackend(batch => backend.DeviceMemory = new DeviceMemory(before + (most = Math.Max(most, batch.Rows * MiB)), before + (100 * MiB))) { DeviceMemory = new DeviceMemory(before, before + (100 * MiB)) };
        var finder = new BatchSizeFinder { MaxBatchSize = 64 };
        var model = (NetworkModel)await ModelTraining.Networks.Mlp(o => o with { Epochs = 1, BatchSizeFinder = finder, Backend = backend }).TrainAsync(NetworkTrainerTests.Curve(200), new TrainingContext(), default);
        Assert.That(model.FoundBatchSize!.BudgetBytes, Is.EqualTo(50 * MiB), "half of what is free");
        Assert.That(model.FoundBatchSize.Trials.Select(trial => (trial.BatchSize, trial.PeakBytes)), Is.EqualTo(new (int, long?)[] { (8, 8 * MiB), (16, 16 * MiB), (32, 32 * MiB), (64, null) }));
        Assert.That(model.FoundBatchSize.BatchSize, Is.EqualTo(32));
    }

    [Test]
    public async Task Train_says_that_a_checkpoint_whose_findings_are_damaged_is_damaged()
    {
        using var folder = new TemporaryFolder();
        var data = NetworkTrainerTests.Curve(100);
        var trainer = ModelTraining.Networks.Mlp(o => o with { Hidden = [4], Epochs = 2, BatchSizeFinder = new BatchSizeFinder { MaxBatchSize = 16 } });
        var context = new TrainingContext { Checkpoints = new CheckpointSettings(folder.Path) { Every = TimeSpan.Zero } };
        await trainer.TrainAsync(data, context, default);
        foreach (var checkpoint in Directory.EnumerateDirectories(folder.Path))
        {
            var file = Path.Combine(checkpoint, "state.json");
            File.WriteAllText(file, File.ReadAllText(file).Replace("\"batch_size\": 16", "\"batch_size\": -1", StringComparison.Ordinal));
        }

        Assert.That(async () => await trainer.TrainAsync(data, context, default), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT4224"));
    }

    [Test]
    public void Validate_says_what_is_wrong_with_a_finder()
    {
        IEnumerable<string> Ids(BatchSizeFinder finder) => ModelTraining.Networks.Mlp(o => o with { BatchSizeFinder = finder }).Validate().Select(problem => problem.Id);
        Assert.That(Ids(new BatchSizeFinder { MinBatchSize = 0, MemoryBudgetBytes = 0, MemoryShare = 1.5 }), Is.EqualTo(new[] { "MT1773", "MT1774", "MT1774" }));
        Assert.That(Ids(new BatchSizeFinder { MinBatchSize = 9, MaxBatchSize = 8 }), Is.EqualTo(new[] { "MT1773" }));
        Assert.That(Ids(new BatchSizeFinder()), Is.Empty);
    }

    /// <summary>A search on 150 rows whose memory is that of the largest batch so far.</summary>
    private static (List<int> Tried, FoundBatchSize Found, List<string> Warnings) Search(BatchSizeFinder finder, Func<int, long> bytes, long available = 1L << 40, int refusedFrom = int.MaxValue)
    {
        var (tried, warnings) = (new List<int>(), new List<string>());
        var data = NetworkTrainerTests.Curve(200);
        var graph = new Graph("small");
        var source = new FeatureBatches(data);
        var output = graph.Output("output", graph.Input(FeatureBatches.Features, ElementType.Float, Dimension.Batch, 3).Dense(1, new SeededRandom(1), name: "output.layer"));
        var error = output.Reshape(-1) - graph.Input(FeatureBatches.Target, ElementType.Float, Dimension.Batch);
        var loss = graph.Output("loss", (error * error).ReduceMean(keepDims: false));
        var training = new TrainingGraph { Graph = graph, Loss = "loss", Outputs = ["output"], Weights = [.. Onnx.Gradients.Weights(loss).Select(weight => new TrainedWeight(weight.Name))] };
        var backend = new CountingBackend(batch =>
        {
            if (batch.Rows >= refusedFrom) throw new InsufficientMemoryException();
            tried.Add(batch.Rows);
        });
        var options = new MlpOptions { BatchSizeFinder = finder, Backend = backend };
        var search = new BatchSizeSearch(training, new BackendSettings(), source, data.TrainingRows.ToArray(), data.ValidationRows.ToArray(), options, new TrainingContext { Warn = warnings.Add }, new Meter(tried, bytes, available));
        return (tried, search.Run("Networks.Mlp", default), warnings);
    }

    private sealed class Meter(List<int> tried, Func<int, long> bytes, long available) : IMemoryMeter
    {
        private const long AtFirst = 77 * MiB;

        public long Used() => AtFirst + (tried.Count == 0 ? 0 : bytes(tried.Max()));

        public long Available() => available;
    }
}
