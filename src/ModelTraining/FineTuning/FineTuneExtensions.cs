using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>The verb <c>FineTune</c>.</summary>
public static class FineTuneExtensions
{
    /// <summary>
    /// Adds trees to a gradient boosting model that <c>Export</c> wrote, grown on what it leaves to be explained in the new data. Its preprocessing holds as it was
    /// fitted then; of the stages before, what they do to rows counts, not what they do to values. The label's classes are those of the model, of which some may be absent.
    /// Categories that were not seen then stay unknown.
    /// </summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="path">The ONNX file.</param>
    /// <param name="configure">Options of the trees that are added: <c>o => o with { Trees = 50 }</c>.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static TrainedPipeline FineTune(this SplitPipeline pipeline, string path, Func<GradientBoostingOptions, GradientBoostingOptions> configure, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Then(pipeline, () => EarlierModel.Load(path), path, configure, file, line);
    }

    /// <summary>As with a file, of the model of an earlier run.</summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="earlier">A run whose model is of <see cref="Trees.GradientBoosting"/>.</param>
    /// <param name="configure">Options of the trees that are added: <c>o => o with { Trees = 50 }</c>.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    /// <exception cref="InvalidOperationException">The earlier pipeline has no <c>Train</c>.</exception>
    public static TrainedPipeline FineTune(this SplitPipeline pipeline, PipelineRun earlier, Func<GradientBoostingOptions, GradientBoostingOptions> configure, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        var model = earlier.ToBytes();
        return Then(pipeline, () => EarlierModel.Of(model), null, configure, file, line);
    }

    /// <summary>
    /// Trains a network of an ONNX file, whoever made it, for the label of this data: its head is replaced by one for the label's classes or number, and the weights
    /// follow from where they are. The columns are the network's inputs in their order, for example the pixels of a picture or the ids of tokens.
    /// </summary>
    /// <param name="pipeline">The pipeline so far.</param>
    /// <param name="path">The ONNX file, of opset 6 or later; one from before opset 17 is raised to that.</param>
    /// <param name="configure">Options of the training: <c>o => o with { Epochs = 3, FreezeTrunk = true }</c>.</param>
    /// <param name="file">The caller's file, for messages; filled in by the compiler.</param>
    /// <param name="line">The caller's line, for messages; filled in by the compiler.</param>
    public static TrainedPipeline FineTune(this SplitPipeline pipeline, string path, Func<FineTuneOptions, FineTuneOptions> configure, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(configure);
        var options = configure(new FineTuneOptions()) ?? throw new ArgumentException("The options were configured to null.", nameof(configure));
        return new TrainedPipeline(pipeline.Plan.Then(new PrepareStep(FineTuneNetworkStep.Needs), file, line).Then(new FineTuneNetworkStep(path, options), file, line));
    }

    private static TrainedPipeline Then(SplitPipeline pipeline, Func<EarlierModel> load, string? path, Func<GradientBoostingOptions, GradientBoostingOptions> configure, string file, int line)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(configure);
        var options = configure(new GradientBoostingOptions()) ?? throw new ArgumentException("The options were configured to null.", nameof(configure));
        var addsColumns = pipeline.Plan.Steps.Any(planned => planned.Step is StageStep { IsForeign: true });
        var before = pipeline.Plan.Steps.Select(planned => planned.Step).FirstOrDefault(step => step is FeatureOptionsStep or TransformStep)?.Name;
        return new TrainedPipeline(pipeline.Plan.Then(new FineTuneStep(load, path, options, addsColumns, before), file, line));
    }
}
