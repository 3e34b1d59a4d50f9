namespace ModelTraining.Tests.Conformance;

/// <summary>A transform that the conformance suite is run on.</summary>
/// <param name="Name">What it is called in the test's name.</param>
/// <param name="Transform">The transform.</param>
public sealed record TransformCase(string Name, ITransform Transform)
{
    /// <summary>What is predicted. Default: the classes of <see cref="AwkwardTable"/>.</summary>
    public LearningTask Task { get; init; } = LearningTask.BinaryClassification;

    public override string ToString() => Name;
}
