namespace ModelTraining.Tests.FineTuning;

public class DropoutTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task FineTune_with_Dropout_trains_other_weights_and_exports_no_Dropout(bool freezeTrunk)
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.Dense(folder);
        Task<PipelineRun> Run(double rate) => PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => o with { Epochs = 2, Dropout = rate, FreezeTrunk = freezeTrunk }).RunAsync();
        var (with, without) = (await Run(0.3), await Run(0));
        var head = ((NetworkModel)with.Model).Weights.Keys.Single(name => name.EndsWith("new_head.weight", StringComparison.Ordinal));
        Assert.That(PretrainedFiles.Elements(with, head), Is.Not.EqualTo(PretrainedFiles.Elements(without, head)));
        Assert.That(((NetworkModel)with.Model).Network.Nodes.Select(node => node.OpType), Is.EqualTo(((NetworkModel)without.Model).Network.Nodes.Select(node => node.OpType)).And.None.EqualTo("Dropout"));
    }

    [Test]
    public async Task FineTune_with_DropoutAfter_drops_within_the_trunk()
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.Positions(folder);
        Task<PipelineRun> Run(params string[] after) => PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => o with { Epochs = 2, Dropout = 0.3, DropoutAfter = [.. after] }).RunAsync();
        Assert.That(PretrainedFiles.Elements(await Run("Relu_*"), "shared.weight"), Is.Not.EqualTo(PretrainedFiles.Elements(await Run(), "shared.weight")));
    }

    [Test]
    public async Task FineTune_drops_where_positions_come_before_the_batch()
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.PositionsFirst(folder);
        async Task<NetworkModel> Run(Func<FineTuneOptions, FineTuneOptions> configure) => (NetworkModel)(await PretrainedFiles.Rows().FineTune(path, (FineTuneOptions o) => configure(o with { Epochs = 2, Dropout = 0.3 })).Export(folder.File("tuned.onnx")).RunAsync()).Model;
        float[] Shared(NetworkModel model) => model.Weights["shared.weight"].Elements<float>().ToArray();
        Assert.That(Shared(await Run(o => o with { DropoutAfter = ["Relu_*"] })), Is.Not.EqualTo(Shared(await Run(o => o))));
        var (dropped, plain) = (await Run(o => o with { LoRA = new LoRAOptions { Rank = 1, Dropout = 0.5 } }), await Run(o => o with { LoRA = new LoRAOptions { Rank = 1 } }));
        Assert.That(Shared(dropped), Is.Not.EqualTo(Shared(plain)));
        Assert.That(dropped.AdapterMerge!.LargestDifference, Is.LessThan(1e-5));
        Assert.That(dropped.Network.Nodes.Select(node => node.OpType), Is.EqualTo(plain.Network.Nodes.Select(node => node.OpType)));
    }

    [Test]
    public void FineTune_says_what_is_wrong_with_Dropout()
    {
        using var folder = new TemporaryFolder();
        var path = PretrainedFiles.Dense(folder);
        string Wrong(Func<FineTuneOptions, FineTuneOptions> configure) => PretrainedFiles.Problems(PretrainedFiles.Rows().FineTune(path, configure));
        Assert.That(Wrong(o => o with { Dropout = 1 }), Does.Contain("MT1752").And.Contain("[0, 1)"));
        Assert.That(Wrong(o => o with { DropoutAfter = ["Relu_*"] }), Does.Contain("MT1752").And.Contain("no 'Dropout'"));
        Assert.That(Wrong(o => o with { Dropout = 0.1, DropoutAfter = ["Relu_*"], FreezeTrunk = true }), Does.Contain("MT1749"));
        Assert.That(Wrong(o => o with { Dropout = 0.1, DropoutAfter = ["Rlu_1"] }), Does.Contain("MT1753").And.Contain("Did you mean 'Relu_"));
    }
}
