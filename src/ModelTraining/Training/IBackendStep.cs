namespace ModelTraining;

/// <summary>A step, or a trainer, that may train a network.</summary>
/// <typeparam name="T">What it is.</typeparam>
internal interface IBackendStep<out T> where T : class
{
    /// <summary>The same with another backend; null where no network is trained.</summary>
    T? With(ITrainingBackend backend);
}
