namespace ModelTraining.Tests.Training;

public class TrainingHistoryTests
{
    [Test]
    public void ToString_saysTheBestStep()
    {
        Assert.That(new TrainingHistory("loss", "epochs", [0.9, 0.512345, 0.4], [0.8, 0.6, 0.7], 2).ToString(), Is.EqualTo("loss: 3 epochs, the best is 2, training 0.5123, validation 0.6"));
        Assert.That(new TrainingHistory("loss", "epochs", [0.9], [], 1).ToString(), Is.EqualTo("loss: 1 epochs, the best is 1, training 0.9"));
        Assert.That(new TrainingHistory("rmse", "trees", [], [], 3).ToString(), Is.EqualTo("rmse: 0 trees, the best is 3"));
    }
}
