using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The verb <c>Export</c>.</summary>
public static class ExportExtensions
{
    /// <summary>
    /// Writes one ONNX file with preprocessing and model in it: it takes the raw row, one named input a column. Before the file takes its name it is run
    /// in ONNX Runtime on real rows and compared with the trainer's own predictions; a difference is an error, and an earlier file of that name stays.
    /// </summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="path">The file to write; its folder is made where it is missing.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static TrainedPipeline Export(this TrainedPipeline pipeline, string path, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return new TrainedPipeline(pipeline.Plan.Then(new ExportStep(path), file, line));
    }

    /// <inheritdoc cref="Export(TrainedPipeline, string, string, int)"/>
    public static EvaluatedPipeline Export(this EvaluatedPipeline pipeline, string path, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return new EvaluatedPipeline(pipeline.Plan.Then(new ExportStep(path), file, line));
    }

    /// <summary>Saves the model in a store, as the next version of a name, after the same comparison in ONNX Runtime.</summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="store">The store, for example <c>new FileModelStore("models")</c>.</param>
    /// <param name="name">The model's name, for example "income".</param>
    /// <param name="alias">An alias that is then pointed to the new version, for example "staging"; null for none.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static TrainedPipeline Export(
        this TrainedPipeline pipeline, IModelStore store, string name, string? alias = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(store);
        return new TrainedPipeline(pipeline.Plan.Then(new StoreExportStep(store, name, alias), file, line));
    }

    /// <inheritdoc cref="Export(TrainedPipeline, IModelStore, string, string?, string, int)"/>
    public static EvaluatedPipeline Export(
        this EvaluatedPipeline pipeline, IModelStore store, string name, string? alias = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(store);
        return new EvaluatedPipeline(pipeline.Plan.Then(new StoreExportStep(store, name, alias), file, line));
    }
}
