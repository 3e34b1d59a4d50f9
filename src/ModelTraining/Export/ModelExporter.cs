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
        Exported(full, bytes, parity);
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

        Exported(stored.Location, bytes, parity);
        return new ExportedModel(stored.Location, bytes.Length, parity) { Stored = stored };
    }

    private void Exported(string place, byte[] bytes, Parity parity)
    {
        Log.Exported(state.Plan.Logger, place, bytes.Length, parity.Rows, parity.LargestDifference);
        var computed = state.Functions.All.Select(function => function.Name).Where(state.Features.UsedColumns.Contains).ToList();
        if (computed.Count > 0) state.Context.Warn($"The exported model takes {string.Join(", ", computed.Select(name => $"'{name}'"))} as it takes a column: {nameof(Feature)}.{nameof(Feature.Of)} computes it outside of the graph. Whoever calls the model has to compute it in the same way.");
    }
}
