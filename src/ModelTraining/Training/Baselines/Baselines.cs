namespace ModelTraining;

/// <summary>Trainers of models that any other has to beat.</summary>
public static class Baselines
{
    /// <summary>
    /// Predicts the same for every row, whatever its features: the mean of the training rows, or the share that each class has of them, both weighted;
    /// scikit-learn's DummyRegressor and DummyClassifier with the prior. Evaluated and exported as any model, to see a pipeline through before anything is
    /// learned.
    /// </summary>
    public static ITrainer Constant() => new ConstantTrainer();
}
