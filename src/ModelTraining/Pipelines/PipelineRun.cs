using System.Globalization;
using System.Text;

namespace ModelTraining;

/// <summary>
/// What came out of a run: the model, how good it is, what was done to the data, what was written, and how long it took. Immutable. In a notebook of
/// .NET Interactive it shows its report. To be disposed where the pipeline has <c>WithSpilling</c>; otherwise that does nothing.
/// </summary>
[TypeFormatterSource(typeof(RunFormatterSource), PreferredMimeTypes = [RunFormatterSource.Html])]
public sealed class PipelineRun : IDisposable
{
    private readonly Lazy<Explanation?> _explanationByDefault;

    internal PipelineRun() => _explanationByDefault = new(() => Explainer?.ByDefault());

    /// <summary>Where the rows came from.</summary>
    public required string Description { get; init; }

    /// <summary>Whether the run went to its end, or was cancelled and kept the best model so far.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>The seed of all randomness.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The rows as the source gave them.</summary>
    public required Table Source { get; init; }

    /// <summary>The rows after the stages before the split.</summary>
    public required Table Table { get; init; }

    /// <summary>The rows of the training, validation and test part, as positions in <see cref="Table"/>. With <c>CrossValidate</c> those of the model that is kept, which has no test part.</summary>
    /// <exception cref="InvalidOperationException">The pipeline has no <c>Split</c>.</exception>
    public DataSplit Split => Have(SplitOrNull, "Split");

    /// <summary>What is predicted, encoded, for each row of <see cref="Table"/>.</summary>
    /// <exception cref="InvalidOperationException">The pipeline has no <c>Split</c>.</exception>
    public Target Target => Have(TargetOrNull, "Split");

    /// <summary>The model.</summary>
    /// <exception cref="InvalidOperationException">The pipeline has no <c>Train</c>.</exception>
    public TrainedModel Model => Have(ModelOrNull, "Train");

    /// <summary>
    /// How good the model is on the test part, beside a baseline. With <c>CrossValidate</c>: how good the folds' models are on the rows that they had not learned from, all these predictions together;
    /// <see cref="CrossValidation"/> has them fold by fold.
    /// </summary>
    /// <exception cref="InvalidOperationException">The pipeline has no <c>Evaluate</c>.</exception>
    public Evaluation Evaluation => Have(EvaluationOrNull, "Evaluate");

    /// <summary>The metrics of each fold, with mean, deviation and interval, and the out-of-fold predictions.</summary>
    /// <exception cref="InvalidOperationException">The pipeline has no <c>CrossValidate</c>.</exception>
    public CrossValidationReport CrossValidation => Have(CrossValidationOrNull, "CrossValidate");

    /// <summary>What the model goes by.</summary>
    /// <exception cref="InvalidOperationException">The pipeline has no <c>Explain</c>, or was cancelled in it; the method of that name makes up for it.</exception>
    public Explanation Explanation => Have(ExplanationOrNull, "Explain");

    /// <summary>The files that were written.</summary>
    public required IReadOnlyList<ExportedModel> Exports { get; init; }

    /// <summary>What was not as it should be in the source, and how it was read nevertheless.</summary>
    public required IReadOnlyList<string> Repairs { get; init; }

    /// <summary>What deserves a look: a column that gives the label away, metrics that are not defined.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>How long each stage took.</summary>
    public required IReadOnlyList<StageTiming> Timings { get; init; }

    internal IReadOnlyList<object> Reports { get; init; } = [];

    internal DataSplit? SplitOrNull { get; init; }

    internal Target? TargetOrNull { get; init; }

    internal PipelinePlan Plan { get; init; } = new();

    internal DateTimeOffset StartedAt { get; init; }

    internal FittedFeatures? FeaturesOrNull { get; init; }

    internal RowFunctions Functions { get; init; } = RowFunctions.None;

    internal TrainedModel? ModelOrNull { get; init; }

    internal Evaluation? EvaluationOrNull { get; init; }

    internal CrossValidationReport? CrossValidationOrNull { get; init; }

    internal Explanation? ExplanationOrNull { get; init; }

    /// <summary>What a report shows: what was asked for, or else what is quickly found.</summary>
    internal Explanation? ShownExplanation => ExplanationOrNull ?? _explanationByDefault.Value;

    internal SpillStore? Spill { get; init; }

    internal ModelExporter? Exporter { get; init; }

    internal ModelExplainer? Explainer { get; init; }

    /// <summary>Lets the file go that columns were spilled to, where they were. <see cref="Source"/> and <see cref="Table"/> can't be read then; the model and what was found of it remain.</summary>
    public void Dispose() => Spill?.Dispose();

    /// <summary>What a stage has to tell, by its type, for example <c>run.Report&lt;CleanReport&gt;()</c>; null when no stage told such a thing.</summary>
    public T? Report<T>() where T : class => Reports.OfType<T>().LastOrDefault();

    /// <summary>
    /// How this run's model compares with another one's on the same test rows: the difference of each metric with its 95 % interval by the paired bootstrap, and tests made for
    /// two models on the same rows. Both runs need the same label, source, cleaning, split and seed; features, trainers and what comes after may differ.
    /// </summary>
    /// <exception cref="InvalidOperationException">A pipeline has no <c>Evaluate</c>.</exception>
    /// <exception cref="ModelTrainingException">MT2340: they predict different things. MT2341: their test rows differ.</exception>
    public RunComparison CompareWith(PipelineRun other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return RunComparer.Compare(this, other);
    }

    /// <summary>Writes the model as <c>Export</c> in the pipeline does: for a path that is chosen once the result is known.</summary>
    /// <exception cref="InvalidOperationException">The pipeline has no <c>Train</c>.</exception>
    /// <exception cref="ModelTrainingException">MT3003: ONNX Runtime predicts something else. MT4xxx: the file can't be written.</exception>
    public ExportedModel Export(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Have(Exporter, "Train").Export(path);
    }

    /// <summary>Finds out what the model goes by as <c>Explain</c> in the pipeline does: SHAP values of test rows, and permutation importances. Who listens to the run's progress is told.</summary>
    /// <param name="configure">Changes the options: <c>o => o with { Repeats = 20 }</c>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidOperationException">The pipeline has no <c>Train</c>.</exception>
    /// <exception cref="ModelTrainingException">MT1440 to MT1442: options are wrong.</exception>
    /// <exception cref="OperationCanceledException">The token was signalled.</exception>
    public Explanation Explain(Func<ExplainOptions, ExplainOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var options = new ExplainOptions();
        return Have(Explainer, "Train").Explain(configure?.Invoke(options) ?? options, Plan.Progress, cancellationToken);
    }

    /// <summary>The SHAP values of rows, for example <c>run.ExplainRows(run.Table.Take([0, 1]))</c>: what each feature did to their predictions.</summary>
    /// <param name="rows">Rows with the columns of <see cref="Table"/>; a label need not be there.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidOperationException">The pipeline has no <c>Train</c>.</exception>
    /// <exception cref="ModelTrainingException">MT2440: a model of this trainer has no SHAP values. MT2441: too many rows at once. MT2001: a column is missing.</exception>
    /// <exception cref="OperationCanceledException">The token was signalled.</exception>
    public ShapValues ExplainRows(Table rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Have(Explainer, "Train").Shap(rows, Plan.Progress, cancellationToken);
    }

    /// <summary>A predictor of the model, without a file: takes raw rows. Features of functions (<see cref="Feature.Of(string, Func{FeatureRow, double})"/>) are computed where a row lacks them. Dispose it.</summary>
    /// <exception cref="InvalidOperationException">The pipeline has no <c>Train</c>.</exception>
    public Predictor CreatePredictor() => Predictor.Load(ToBytes(), Functions);

    /// <summary>The file that <see cref="Export"/> would write.</summary>
    internal byte[] ToBytes() => Have(Exporter, "Train").ToBytes();

    /// <summary>Writes <see cref="ToHtml"/> to a file, for example run.html. An earlier file of that name stays until the new one is whole; the folder is made where it is missing.</summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="ModelTrainingException">MT4001: the file can't be written.</exception>
    public string SaveReport(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return AtomicFile.Write(path, Encoding.UTF8.GetBytes(ToHtml()));
    }

    /// <summary>
    /// The run as one HTML page: data, cleaning, split, learning curve, metrics and curves, importances, settings, timings and files. It needs nothing else: no script,
    /// no font, no picture from elsewhere. What the run does not have is left out.
    /// </summary>
    public string ToHtml() => RunReport.Page(this);

    /// <summary>
    /// The model's card in Markdown, as model hubs show it: front matter in YAML, data, cleaning, metrics beside the baseline, importances, known limits, and the
    /// code that predicts with it. What the model is meant for is a heading to fill.
    /// </summary>
    /// <exception cref="InvalidOperationException">The pipeline has no <c>Train</c>.</exception>
    public string ToMarkdown() => new ModelCard(this, Model).ToString();

    private static T Have<T>(T? value, string verb) where T : class => value ?? throw new InvalidOperationException($"The pipeline that ran has no {verb}. Add .{verb}(...) to it.");

    /// <summary>A summary for a console, in a few lines.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Description}: {Status} in {Timings.Sum(timing => timing.Duration.TotalSeconds):F2} s, {Source.RowCount:N0} rows, seed {Seed}");
        var width = Timings.Select(timing => timing.Stage.Length).Append(10).Max();
        foreach (var timing in Timings) text.AppendLine(CultureInfo.InvariantCulture, $"  {timing.Stage.PadRight(width)} {timing.Duration.TotalSeconds,8:F3} s");
        foreach (var repair in Repairs) text.AppendLine(CultureInfo.InvariantCulture, $"  read: {repair}");
        foreach (var warning in Warnings) text.AppendLine(CultureInfo.InvariantCulture, $"  warning: {warning}");
        if (Report<BalanceReport>() is { } balance) text.AppendLine(CultureInfo.InvariantCulture, $"  balance: {balance}");
        if (Report<CalibrationReport>() is { } calibration) text.AppendLine(CultureInfo.InvariantCulture, $"  calibration: {calibration}");
        if (Report<ThresholdReport>() is { } threshold) text.AppendLine(CultureInfo.InvariantCulture, $"  threshold: {threshold}");
        if (CrossValidationOrNull is not null) text.AppendLine(CrossValidationOrNull.ToString());
        if (EvaluationOrNull is not null) text.AppendLine(EvaluationOrNull.ToString());
        foreach (var export in Exports) text.AppendLine(CultureInfo.InvariantCulture, $"  {export.Path}: {export.Bytes / 1024.0:F0} KiB, {export.Parity.Rows:N0} rows equal in ONNX Runtime to {export.Parity.LargestDifference:0.0e-0}");
        return text.ToString().TrimEnd();
    }
}
