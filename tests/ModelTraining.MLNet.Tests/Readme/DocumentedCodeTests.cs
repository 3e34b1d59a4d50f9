namespace ModelTraining.Tests.Readme;

/// <summary>Runs every block of C# in docs/mlnet.md, in their order, as a reader would paste them.</summary>
[NonParallelizable]
internal sealed class DocumentedCodeTests
{
    [Test]
    public Task Code_asDocumented_runs() => DocumentedCode.RunAsync(DocumentedCode.Of("docs/mlnet.md"));
}
