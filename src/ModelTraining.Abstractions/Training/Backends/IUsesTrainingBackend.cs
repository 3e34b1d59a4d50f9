namespace ModelTraining;

/// <summary>A description that trains a network, for packages that add a backend and a verb for it, such as <c>UseTorchSharp</c>.</summary>
/// <typeparam name="TSelf">What the verb gives back.</typeparam>
public interface IUsesTrainingBackend<out TSelf>
{
    /// <summary>The same with another backend.</summary>
    /// <param name="backend">What trains.</param>
    /// <exception cref="ModelTrainingException">MT3205: no network is trained.</exception>
    TSelf UseBackend(ITrainingBackend backend);
}
