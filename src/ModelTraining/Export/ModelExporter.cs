using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Writes the model of a run: builds the graph, runs it in ONNX Runtime beside the trainer's own model, and only then gives the file its name.</summary>
internal sealed class ModelExporter(RunState state)
{
    public byte[] ToBytes() => OnnxFile.ToBytes(ModelGraph.Build(state));

    public ExportedModel Export(string path)
    {
        var full = Path.GetFullPath(path);
        var bytes = ToBytes();
        var parity = ParityCheck.Verify(state, bytes);
        var aside = $"{full}.{Environment.ProcessId}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(aside, bytes);
            File.Move(aside, full, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(aside)) File.Delete(aside);
            throw new ModelTrainingException("MT4001", $"'{full}' can't be written: {exception.Message} Choose another path, or make room.", exception);
        }

        Log.Exported(state.Plan.Logger, full, bytes.Length, parity.Rows, parity.LargestDifference);
        return new ExportedModel(full, bytes.Length, parity);
    }
}
