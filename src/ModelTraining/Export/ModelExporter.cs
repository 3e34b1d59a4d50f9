using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Writes the model of a run: builds the graph, runs it in ONNX Runtime beside the trainer's own model, and only then gives the file its name.</summary>
internal sealed class ModelExporter(RunState state)
{
    /// <summary>The features that the model was trained on, and of the other rows.</summary>
    public TrainingData Data => state.Data;

    /// <summary>Compares without writing a file.</summary>
    public Parity Verify() => ParityCheck.Verify(state, ToBytes());

    public byte[] ToBytes() => OnnxFile.ToBytes(ModelGraph.Build(state));

    public ExportedModel Export(string path)
    {
        var bytes = ToBytes();
        var parity = ParityCheck.Verify(state, bytes);
        var full = AtomicFile.Write(path, bytes);
        Log.Exported(state.Plan.Logger, full, bytes.Length, parity.Rows, parity.LargestDifference);
        return new ExportedModel(full, bytes.Length, parity);
    }

    public async ValueTask<ExportedModel> ExportAsync(IModelStore store, string name, string? alias, CancellationToken cancellationToken)
    {
        var bytes = ToBytes();
        var parity = ParityCheck.Verify(state, bytes);
        var stored = await store.SaveAsync(name, bytes, cancellationToken).ConfigureAwait(false);
        if (alias is not null)
        {
            await store.SetAliasAsync(name, alias, stored.Version, cancellationToken).ConfigureAwait(false);
            stored = stored with { Aliases = [.. stored.Aliases, alias] };
        }

        Log.Exported(state.Plan.Logger, stored.Location, bytes.Length, parity.Rows, parity.LargestDifference);
        return new ExportedModel(stored.Location, bytes.Length, parity) { Stored = stored };
    }
}
