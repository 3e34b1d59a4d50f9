namespace ModelTraining.Tests.Predictors;

internal sealed class ServedModelTests
{
    [Test]
    public void Leave_lastCallAfterTheService_letsTheSessionGo()
    {
        using var predictor = Predictor.Load(Model.Of(2));
        var gone = 0;
        var served = new ServedModel(predictor, () => gone++);
        Assert.That(served.TryEnter());

        served.Leave();
        Assert.That(gone, Is.Zero);
        Assert.That(predictor.Predict(new Visit(1)).Value, Is.EqualTo(2));

        served.Leave();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(gone, Is.EqualTo(1));
            Assert.That(served.TryEnter(), Is.False);
            Assert.That(() => predictor.Predict(new Visit(1)), Throws.TypeOf<ObjectDisposedException>());
        }
    }
}
