namespace ModelTraining;

/// <summary>What came of a step of training.</summary>
/// <param name="Loss">The loss of the batch, before the update.</param>
/// <param name="GradNorm">The Euclidean norm of all gradients, before clipping; NaN where the step gathered only. Infinite or NaN when a gradient is not finite.</param>
/// <param name="Updated">Whether the weights changed.</param>
public readonly record struct StepResult(double Loss, double GradNorm, bool Updated)
{
    /// <summary>Whether the update was left out because gradients of few bits overflowed: the backend has made its loss scale smaller, and the training goes on.</summary>
    public bool Skipped { get; init; }
}
