namespace ModelTraining;

/// <summary>Writes the model to a file.</summary>
internal sealed class ExportStep(string path) : IRunStep
{
    public string Name => "Export";

    public bool FitsModel => false;

    public IEnumerable<Problem> Validate()
    {
        if (string.IsNullOrWhiteSpace(path)) yield return new Problem("MT1004", "Export takes the path of a file. Got nothing.");
        else if (Directory.Exists(path)) yield return new Problem("MT1004", $"Export takes the path of a file. '{path}' is a folder.");
        else if (!path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)) yield return new Problem("MT1004", $"Export writes ONNX. Got '{path}'; let it end in .onnx.");
    }

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken)
    {
        state.Exports.Add(new ModelExporter(state).Export(path));
        return ValueTask.CompletedTask;
    }
}
