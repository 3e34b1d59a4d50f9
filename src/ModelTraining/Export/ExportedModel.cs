namespace ModelTraining;

/// <summary>A file that a run wrote.</summary>
/// <param name="Path">The file's full path; of a model in a store, where the store keeps it.</param>
/// <param name="Bytes">The file's size.</param>
/// <param name="Parity">How its predictions in ONNX Runtime compare with the trainer's own.</param>
public sealed record ExportedModel(string Path, long Bytes, Parity Parity)
{
    /// <summary>The version that it has in a store; null for a file.</summary>
    public StoredModel? Stored { get; init; }
}
