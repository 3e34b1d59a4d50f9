namespace ModelTraining.Tests.Binning;

internal sealed class SharedBinsTests
{
    [Test]
    public async Task TrainAsync_ofTrainersThatShareTheirData_areTheModelsThatTheyAreAlone()
    {
        var random = new SeededRandom(3);
        var columns = Enumerable.Range(0, 3).Select(_ => (ReadOnlyMemory<float>)Enumerable.Range(0, 400).Select(_ => (float)random.NextNormal()).ToArray()).ToArray();
        var target = new Target("y", LearningTask.Regression, Enumerable.Range(0, 400).Select(row => columns[0].Span[row] * columns[1].Span[row]).ToArray(), []);
        var features = new FeatureSet([.. Enumerable.Range(0, 3).Select(i => new FeatureInfo($"x{i}"))], columns);
        var alone = new TrainingData(features, target, Enumerable.Range(0, 300).ToArray(), Enumerable.Range(300, 100).ToArray());
        var shared = alone.WithSharedWork();
        ITrainer[] trainers = [Trees.GradientBoosting(o => o with { Trees = 10 }), Trees.GradientBoosting(o => o with { Trees = 10, Leaves = 7, LearningRate = 0.3 }), Trees.GradientBoosting(o => o with { Trees = 10, MaxBins = 15 }), Trees.RandomForest(o => o with { Trees = 5 })];

        foreach (var trainer in trainers) Assert.That(await Predictions(trainer, shared), Is.EqualTo(await Predictions(trainer, alone)));

        Assert.That(shared.Shared!.Get<BinMatrix>((nameof(BinMatrix), 255, new SeededRandom(0).Fork("bins").State), () => throw new InvalidOperationException("not kept")).Rows, Is.EqualTo(300));

        static async Task<float[]> Predictions(ITrainer trainer, TrainingData data)
        {
            var model = await trainer.TrainAsync(data, new TrainingContext { Threads = 1 }, default);
            var outputs = new float[400];
            model.Predict(data.Features, Enumerable.Range(0, 400).ToArray(), outputs);
            return outputs;
        }
    }
}
