using ModelTraining.Onnx;

namespace ModelTraining.Tests.FineTuning;

public class ThawTests
{
    private static FineTuneOptions Of(FineTuneOptions o, ThawSchedule thaw) => o with { Epochs = 4, BatchSize = 16, LearningRate = 0.02, RestoreBestWeights = false, Thaw = thaw };

    [TestCase(1, 4, 3, new[] { 3, 2, 1 }, Description = "as many parts as layers where there are fewer")]
    [TestCase(2, 2, 4, new[] { 4, 4, 2, 2 })]
    [TestCase(1, 1, 3, new[] { 1, 1, 1 })]
    [TestCase(1, 3, 4, new[] { 3, 2, 1, 1 })]
    public void GradualThaw_thaws_from_the_head_to_the_input(int every, int parts, int layers, int[] afterEpochs)
    {
        var thaw = new GradualThaw { Every = every, Parts = parts };
        Assert.That(Enumerable.Range(0, layers).Select(layer => thaw.AfterEpochs("", layers - 1 - layer, layers)), Is.EqualTo(afterEpochs));
        Assert.That(thaw.AfterEpochs("what comes before the first layer", layers, layers), Is.EqualTo(afterEpochs[0]));
    }

    [Test]
    public void PatternThaw_takes_the_earliest_step_that_names_a_weight()
    {
        var thaw = new PatternThaw { Steps = [new ThawStep(3, "b.*"), new ThawStep(1, "*.bias"), new ThawStep(2, "b.bias")] };
        Assert.That(thaw.AfterEpochs("b.weight", 0, 1), Is.EqualTo(3));
        Assert.That(thaw.AfterEpochs("b.bias", 0, 1), Is.EqualTo(1));
        Assert.That(thaw.AfterEpochs("a.weight", 0, 1), Is.Null);
    }

    [Test]
    public async Task FineTune_with_PatternThaw_trains_what_thawed_and_leaves_the_rest()
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.Dense(folder);
        var run = await PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => Of(o, new PatternThaw { Steps = [new ThawStep(2, "second.*")] })).RunAsync();
        foreach (var name in new[] { "first.weight", "first.bias" }) Assert.That(PretrainedFiles.Elements(run, name), Is.EqualTo(PretrainedFiles.Elements(path, name)));
        foreach (var name in new[] { "second.weight", "second.bias" }) Assert.That(PretrainedFiles.Elements(run, name), Is.Not.EqualTo(PretrainedFiles.Elements(path, name)));
        Assert.That(((NetworkModel)run.Model).TrainedParameterCount, Is.EqualTo(24 + 4 + (4 * 2) + 2));
        Assert.That(run.ToHtml(), Does.Contain("second.* after 2"));
    }

    [Test]
    public async Task FineTune_trains_the_head_alone_until_something_thaws()
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.Dense(folder);
        var thawed = await PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => Of(o, new GradualThaw { Every = 2 })).RunAsync();
        var frozen = await PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => Of(o, null!) with { ParameterGroups = [new ParameterGroup("first.*") { Frozen = true }, new ParameterGroup("second.*") { Frozen = true }] }).RunAsync();
        Assert.That(thawed.Model.History!.Training.Take(2), Is.EqualTo(frozen.Model.History!.Training.Take(2)));
        Assert.That(thawed.Model.History.Training[3], Is.Not.EqualTo(frozen.Model.History.Training[3]));
    }

    [Test]
    public async Task FineTune_takes_weights_and_state_over_when_something_thaws()
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.Dense(folder);
        Task<PipelineRun> Run(ThawSchedule? thaw, ParameterGroup second) => PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => Of(o, thaw!) with { MaxGradNorm = 0, ParameterGroups = [new ParameterGroup("first.*") { Frozen = true }, second] }).RunAsync();
        // What thaws and moves not at all leaves the head to go on as if nothing had thawed.
        var thawed = await Run(new PatternThaw { Steps = [new ThawStep(2, "second.*")] }, new ParameterGroup("second.*") { LearningRateFactor = 0, WeightDecayFactor = 0 });
        var frozen = await Run(null, new ParameterGroup("second.*") { Frozen = true });
        Assert.That(thawed.Model.History!.Training, Is.EqualTo(frozen.Model.History!.Training).Within(1e-6));
        Assert.That(PretrainedFiles.Elements(thawed, "new_head.weight"), Is.EqualTo(PretrainedFiles.Elements(frozen, "new_head.weight")).Within(1e-5f));
    }

    [TestCase(3, false)]
    [TestCase(5, false)]
    [TestCase(8, true)]
    [TestCase(10, true)]
    [TestCase(17, true)]
    public async Task Train_after_a_stop_gives_the_bits_of_never_having_stopped(int stopAfter, bool thawed)
    {
        using var folder = new TemporaryFolder();
        var network = PretrainedNetwork.Load(PretrainedFiles.Dense(folder), null);
        var options = Of(new FineTuneOptions(), new GradualThaw()) with { Dropout = 0.2, Averaging = new ExponentialAveraging { Decay = 0.9 }, GradientAccumulationSteps = 2, RestoreBestWeights = true };
        var data = StoppedTraining.Rows(100);
        ITrainer Trainer() => new WholeNetworkTrainer(network, ["a", "b", "c", "d"], options);
        var expected = (NetworkModel)await Trainer().TrainAsync(data, new TrainingContext(), default);
        await StoppedTraining.RunAsync(Trainer(), data, folder.File("checkpoints"), stopAfter);
        var kept = SafetensorsFile.Load(Path.Combine(Directory.EnumerateDirectories(folder.File("checkpoints")).Order(StringComparer.Ordinal).Last(), "tensors.safetensors")).Keys;
        Assert.That(kept.Contains("second.weight"), Is.EqualTo(thawed), "what waits is kept nowhere");
        Assert.That(kept, Has.Member("new_head.weight"));
        var resumed = (NetworkModel)await Trainer().TrainAsync(data, StoppedTraining.Context(folder.File("checkpoints")), default);
        Assert.That(resumed.History!.Training, Is.EqualTo(expected.History!.Training));
        Assert.That(resumed.History.Validation, Is.EqualTo(expected.History.Validation));
        foreach (var (name, weight) in expected.Weights.Where(pair => pair.Value.Type == ElementType.Float)) Assert.That(resumed.Weights[name].Elements<float>().ToArray(), Is.EqualTo(weight.Elements<float>().ToArray()), name);
    }

    [Test]
    public async Task Train_begins_to_count_its_patience_again_when_something_thaws()
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.Dense(folder);
        // No epoch after the first counts as better.
        async Task<int> Epochs(ThawSchedule? thaw) => (await PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => o with { Epochs = 20, MinDelta = 100, Patience = 2, Thaw = thaw }).RunAsync()).Model.History!.Training.Count;
        Assert.That(await Epochs(null), Is.EqualTo(3));
        Assert.That(await Epochs(new PatternThaw { Steps = [new ThawStep(2, "second.*")] }), Is.EqualTo(4));
        Assert.That(await Epochs(new PatternThaw { Steps = [new ThawStep(3, "second.*")] }), Is.EqualTo(5));
    }

    [Test]
    public void FineTune_says_what_is_wrong_with_Thaw()
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.Dense(folder);
        string Wrong(Func<FineTuneOptions, FineTuneOptions> configure) => PretrainedFiles.Problems(PretrainedFiles.Rows().FineTune(path, configure));
        Assert.That(Wrong(o => Of(o, new GradualThaw { Every = 0, Parts = 0 })), Does.Contain("MT1750").And.Contain("'Every'").And.Contain("'Parts'"));
        Assert.That(Wrong(o => Of(o, new GradualThaw { Every = 4 })), Does.Contain("MT1750").And.Contain("nothing would thaw"));
        Assert.That(Wrong(o => Of(o, new PatternThaw { Steps = [new ThawStep(4, "*")] })), Does.Contain("MT1750").And.Contain("[0, 4)"));
        Assert.That(Wrong(o => Of(o, new PatternThaw { Steps = [] })), Does.Contain("MT1750").And.Contain("no steps"));
        Assert.That(Wrong(o => Of(o, new PatternThaw { Steps = [new ThawStep(1, "secnd.weight")] })), Does.Contain("MT1751").And.Contain("Did you mean 'second.weight'"));
        Assert.That(Wrong(o => Of(o, new GradualThaw()) with { FreezeTrunk = true }), Does.Contain("MT1749"));
        Assert.That(Wrong(o => Of(o, new GradualThaw()) with { LoRA = new LoRAOptions() }), Does.Contain("MT1749"));
    }
}
