namespace ModelTraining.Tests.Predictors;

internal sealed class ModelSourceTests
{
    [Test]
    public void Load_failingInAWayOfItsOwn_namesTheFileAndLetsTheSessionGo()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("model.onnx"), Model.Of(2));
        Predictor? loaded = null;
        var source = new ModelSource(new FileOrigin(folder.File("model.onnx")), new PredictorOptions(), predictor =>
        {
            loaded = predictor;
            throw new NotSupportedException("Not these rows.");
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(async () => await source.LoadAsync(null, CancellationToken.None), Throws.TypeOf<ModelTrainingException>().With.Message.StartsWith("MT4303").And.Message.Contains("model.onnx").And.Message.Contains("Not these rows."));
            Assert.That(() => loaded!.Predict(new Visit(1)), Throws.TypeOf<ObjectDisposedException>());
        }
    }
}
