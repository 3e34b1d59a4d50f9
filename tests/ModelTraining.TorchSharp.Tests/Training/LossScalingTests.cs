using ModelTraining.Onnx;
using ModelTraining.Torch;

namespace ModelTraining.Tests.Training;

public class LossScalingTests
{
    private static readonly StepSettings Settings = new() { LearningRate = 0.01 };

    [Test]
    public void Follow_halves_on_an_overflow_and_doubles_after_as_many_good_updates()
    {
        var scale = new LossScale(new TorchSharpOptions { InitialLossScale = 1024, LossScaleGrowthInterval = 3 });
        Assert.That(scale.Follow(overflowed: true), Is.True);
        Assert.That(scale.Value, Is.EqualTo(512));
        foreach (var expected in new[] { 512, 512, 1024, 1024, 1024, 2048 })
        {
            Assert.That(scale.Follow(overflowed: false), Is.False);
            Assert.That(scale.Value, Is.EqualTo(expected));
        }

        scale.Follow(overflowed: false);
        scale.Follow(overflowed: true);
        Assert.That(scale.State, Is.EqualTo(new[] { 1024f, 0 }), "an overflow begins the count anew");
    }

    [Test]
    public void Follow_of_a_scale_that_changes_nothing_does_not_take_the_blame()
    {
        var scale = new LossScale(new TorchSharpOptions { InitialLossScale = 2 });
        Assert.That(scale.Follow(overflowed: true), Is.True);
        Assert.That(scale.Follow(overflowed: true), Is.False, "the gradients themselves are not finite");
        Assert.That(scale.Value, Is.EqualTo(1));
    }

    [TestCase(nameof(TorchSharpOptions.InitialLossScale), 0.5, 1)]
    [TestCase(nameof(TorchSharpOptions.InitialLossScale), double.NaN, 1)]
    [TestCase(nameof(TorchSharpOptions.LossScaleGrowthInterval), 1, 0)]
    public void Backend_refuses_options_out_of_range(string option, double initial, int interval) =>
        Assert.That(() => new TorchSharpBackend(Device.Cpu, new TorchSharpOptions { InitialLossScale = initial, LossScaleGrowthInterval = interval }),
            Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3206").And.Message.Contains($"'{option}'").And.Message.Contains("at least 1"));

    [Test]
    public void Backend_refuses_a_precision_that_is_none() =>
        Assert.That(() => new TorchSharpBackend(Device.Cpu, new TorchSharpOptions { Precision = (Precision)7 }), Throws.TypeOf<ModelTrainingException>().With.Message.Contains("MT3206").And.Message.Contains("BFloat16").And.Message.Contains("Got 7"));

    [Test]
    public void Step_leaves_out_updates_until_the_gradients_fit_into_16_bits()
    {
        Libtorch.Require(Device.Cpu);
        using var session = Open(SmallNetworks.Regression());
        var batch = SmallNetworks.Batch(16);
        batch.Floats(1)[0] = 200; // Times 65,536 it is far beyond 65,504.
        var weights = session.Read("first.weight");
        var first = session.Step(batch, Settings);
        Assert.That((first.Skipped, first.Updated, double.IsFinite(first.Loss)), Is.EqualTo((true, false, true)));
        Assert.That(session.Read("first.weight"), Is.EqualTo(weights));
        Assert.That(session.Read(LossScale.Name), Is.EqualTo(new[] { 32_768f, 0 }));
        var steps = 1;
        while (session.Step(batch, Settings).Skipped) steps++;
        Assert.That(steps, Is.InRange(2, 15));
        Assert.That(session.Read(LossScale.Name), Is.EqualTo(new[] { 65_536f / (1 << steps), 1 }));
        Assert.That(session.Read("updates"), Is.EqualTo(new[] { 1f, 0 }), "those left out do not count");
    }

    [Test]
    public void Step_in_float16_follows_that_in_32_bits_whatever_the_scale()
    {
        Libtorch.Require(Device.Cpu);
        var batch = SmallNetworks.Batch(32);
        using var full = new TorchSharpBackend(Device.Cpu).Compile(SmallNetworks.Regression(16), new BackendSettings { Optimizer = new Adam(), Threads = 1 });
        using var half = Open(SmallNetworks.Regression(16), scale: 1024, interval: 7);
        using var other = Open(SmallNetworks.Regression(16), scale: 64);
        var first = full.Step(batch, Settings);
        Assert.That(half.Step(batch, Settings).GradNorm, Is.EqualTo(first.GradNorm).Within(0.01 * first.GradNorm), "the norm is without the scale");
        other.Step(batch, Settings);
        for (var i = 0; i < 60; i++)
        {
            var expected = full.Step(batch, Settings).Loss;
            var loss = half.Step(batch, Settings with { MaxGradNorm = 1e6 }).Loss;
            Assert.That(loss, Is.EqualTo(expected).Within(0.02 * first.Loss), $"step {i}");
            Assert.That(loss, Is.EqualTo(other.Step(batch, Settings).Loss).Within(0.02 * first.Loss), $"step {i}");
        }

        Assert.That(half.Evaluate(batch, []), Is.LessThan(first.Loss / 3));
        Assert.That(half.Read(LossScale.Name)[0], Is.GreaterThan(1024), "it grew");
        Assert.That(half.Read("first.weight").Any(value => (float)(Half)value != value), Is.True, "the weights themselves keep 32 bits");
    }

    [Test]
    public void Step_of_parts_is_left_out_whole_where_one_part_overflows()
    {
        Libtorch.Require(Device.Cpu);
        using var session = Open(SmallNetworks.Regression(), scale: 4096);
        var (tame, wild) = (SmallNetworks.Batch(16), SmallNetworks.Batch(16));
        wild.Floats(1)[0] = 1000;
        var part = Settings with { Share = 0.5, Update = false };
        var weights = session.Read("first.weight");
        Assert.That(session.Step(wild, part).Skipped, Is.False, "what is done about it is done at the update");
        var result = session.Step(tame, part with { Update = true });
        Assert.That((result.Skipped, result.Updated), Is.EqualTo((true, false)));
        Assert.That(session.Read("first.weight"), Is.EqualTo(weights));
        session.Step(tame, part);
        Assert.That(session.Step(tame, part with { Update = true }).Updated, Is.True, "nothing of the overflow is left");
    }

    [Test]
    public void Step_with_gradients_that_are_not_finite_by_themselves_is_not_put_down_to_the_scale()
    {
        Libtorch.Require(Device.Cpu);
        using var session = Open(SmallNetworks.Regression(between: value => value + ((value * 0f).Sqrt() * 0f)), scale: 2);
        var batch = SmallNetworks.Batch(16);
        Assert.That(session.Step(batch, Settings).Skipped, Is.True);
        var result = session.Step(batch, Settings);
        Assert.That((result.Skipped, result.Updated, double.IsFinite(result.GradNorm)), Is.EqualTo((false, false, false)));
    }

    [Test]
    public void Write_gives_a_session_the_scale_of_another()
    {
        Libtorch.Require(Device.Cpu);
        var batch = SmallNetworks.Batch(16);
        batch.Floats(1)[0] = 200;
        using var first = Open(SmallNetworks.Regression(), interval: 4);
        using var second = Open(SmallNetworks.Regression(), interval: 4);
        for (var i = 0; i < 15; i++) first.Step(batch, Settings);
        foreach (var tensor in first.Tensors) second.Write(tensor.Name, first.Read(tensor.Name));
        for (var i = 0; i < 15; i++) Assert.That(second.Step(batch, Settings), Is.EqualTo(first.Step(batch, Settings)));
        foreach (var tensor in first.Tensors) Assert.That(second.Read(tensor.Name), Is.EqualTo(first.Read(tensor.Name)), tensor.Name);
        Assert.That(first.Tensors.Single(tensor => tensor.Name == LossScale.Name).Kind, Is.EqualTo(SessionTensorKind.Backend));
    }

    private static ITrainingSession Open(TrainingGraph graph, double scale = 65_536, int interval = 2_000) =>
        new TorchSharpBackend(Device.Cpu, new TorchSharpOptions { Precision = Precision.Float16, InitialLossScale = scale, LossScaleGrowthInterval = interval })
            .Compile(graph, new BackendSettings { Optimizer = new Adam(), Threads = 1 });
}
