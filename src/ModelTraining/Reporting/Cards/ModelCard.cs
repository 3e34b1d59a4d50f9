namespace ModelTraining;

/// <summary>
/// The card of a run's model in Markdown (Mitchell et al., "Model Cards for Model Reporting", 2019), with the front matter that Hugging Face reads
/// (huggingface.co/docs/hub/model-cards). What only people know is left to fill in.
/// </summary>
internal sealed class ModelCard(PipelineRun run, TrainedModel model)
{
    private const int MostFindings = 30;
    private const int MostClasses = 30;
    private const int MostColumns = 100;
    private const int MostSlices = 30;
    private const int MostImportances = 10;
    private readonly Markdown _card = new();

    /// <summary>What the model is called: as its file, or else as what it predicts.</summary>
    public static string Name(PipelineRun run) => run.Exports.Count > 0 ? run.Exports[0].Stored?.Name ?? Path.GetFileNameWithoutExtension(run.Exports[0].Path) : run.Target.Column;

    /// <summary>The data without the folders of the machine that it lay on.</summary>
    public static string DataName(PipelineRun run) => Path.IsPathRooted(run.Description) ? Path.GetFileName(run.Description) : run.Description;

    public override string ToString()
    {
        CardFrontMatter.Write(_card, run, model);
        _card.Line($"# {Name(run)}").Line($"");
        WriteSummary();
        Fill("Intended use", "Who uses the model, for which decision, on which rows. What it must not be used for.");
        WriteData();
        WriteCleaning();
        WriteEvaluation();
        WriteImportances();
        CardExplanation.Write(_card, run);
        WriteLimitations();
        PredictionSnippet.Write(_card, run, model);
        return _card.ToString();
    }

    private void Fill(string heading, string what) => _card.Line($"## {heading}").Line($"").Line($"<!-- To be filled in: {what} -->").Line($"");

    private void WriteSummary()
    {
        var what = model.Task switch
        {
            LearningTask.BinaryClassification => $"whether it is {model.Classes[0]} or {model.Classes[1]}",
            LearningTask.MulticlassClassification => $"which of {ReportNumber.Count(model.Classes.Count)} classes it is",
            _ => "its value, a number",
        };
        _card.Line($"Predicts {run.Target.Column}: {what}.").Line($"");
        _card.Line($"- Trainer: {model.Trainer}, {ReportNumber.Count(model.Features.Count, "feature")}");
        if (NetworkWords.Of(model) is { } words) _card.Line($"- Network: {words}");
        _card.Line($"- Trained: {ReportNumber.Moment(run.StartedAt)}, with ModelTraining {LibraryVersion.Text}, seed {run.Seed}");
        _card.Line($"- Data fingerprint: {DataFingerprint.Of(run.Source)}");
        foreach (var export in run.Exports) _card.Line($"- File: {Path.GetFileName(export.Path)}, {ReportNumber.Bytes(export.Bytes)}, an ONNX graph that takes the raw row; equal in ONNX Runtime on {ReportNumber.Count(export.Parity.Rows, "row")}");
        _card.Line($"");
    }

    private void WriteData()
    {
        _card.Line($"## Data").Line($"");
        _card.Line($"{DataName(run)}: {ReportNumber.Count(run.Source.RowCount, "row")}, {ReportNumber.Count(run.Source.Columns.Count, "column")}.");
        _card.Line($"{Divided()}");
        if (run.Report<BalanceReport>() is { } balance) _card.Line($"").Line($"Training rows were balanced: {balance.ToString()}.{BalanceSection.Shift(run)}");
        _card.Line($"");
        if (model.Classes.Count > 0)
        {
            _card.Line($"| class | rows | share |").Line($"|---|---:|---:|");
            var counts = new int[model.Classes.Count];
            foreach (var value in run.Target.Values) counts[(int)value]++;
            for (var i = 0; i < Math.Min(counts.Length, MostClasses); i++) _card.Line($"| {model.Classes[i]} | {ReportNumber.Count(counts[i])} | {ReportNumber.Share((double)counts[i] / run.Target.Values.Length)} |");
            if (counts.Length > MostClasses) _card.Line($"| … and {ReportNumber.Count(counts.Length - MostClasses)} more | | |");
            _card.Line($"");
        }

        _card.Line($"| column | type | role | missing |").Line($"|---|---|---|---:|");
        foreach (var column in run.Source.Schema.Take(MostColumns))
        {
            _card.Line($"| {column.Name} | {column.Type.ToString().ToLowerInvariant()} | {column.Role.ToString().ToLowerInvariant()} | {ReportNumber.Count(run.Source[column.Name].MissingCount)} |");
        }

        if (run.Source.Schema.Count > MostColumns) _card.Line($"| … and {ReportNumber.Count(run.Source.Schema.Count - MostColumns)} more | | | |");
        _card.Line($"");
    }

    private string Divided()
    {
        var split = run.Split;
        if (run.CrossValidationOrNull is { } folds) return $"Cross-validated, {folds.Method}; whatever learns was fitted anew for each fold, on its training rows only. {CrossValidationSection.KeptModel(run, folds)}";
        return $"Split into {ReportNumber.Count(split.TrainingRows.Length)} training, {ReportNumber.Count(split.ValidationRows.Length)} validation and {ReportNumber.Count(split.TestRows.Length)} test rows{(split.Stratified ? ", stratified" : "")}; whatever learns saw the training part only.";
    }

    private void WriteCleaning()
    {
        if (run.Report<CleanReport>() is not { } report) return;
        _card.Line($"## Cleaning").Line($"").Line($"{ReportNumber.Count(report.RowsBefore, "row")} came, {ReportNumber.Count(report.RowsAfter)} stayed.").Line($"");
        foreach (var finding in report.Findings.Take(MostFindings))
        {
            _card.Line($"- {CleanReport.Word(finding.Step)}{(finding.Column is null ? "" : $", {finding.Column}")}: {ReportNumber.Count(finding.Count)} of {ReportNumber.Count(finding.Of)} {finding.What}");
        }

        if (report.Findings.Count > MostFindings) _card.Line($"- … and {ReportNumber.Count(report.Findings.Count - MostFindings)} more");
        _card.Line($"");
    }

    private void WriteEvaluation()
    {
        if (run.EvaluationOrNull is null && run.CrossValidationOrNull is null) return;
        _card.Line($"## Evaluation").Line($"");
        if (run.CrossValidationOrNull is { } folds) WriteFolds(folds);
        if (run.EvaluationOrNull is not { } evaluation) return;
        _card.Line($"On {ReportNumber.Count(evaluation.RowCount, run.CrossValidationOrNull is null ? "test row" : "out-of-fold row")}. The baseline knows the labels of the training part and no feature.").Line($"");
        if (run.Report<CalibrationReport>() is { } calibration) _card.Line($"Probabilities are calibrated: {calibration.ToString()}").Line($"");
        if (run.Report<ThresholdReport>() is { } threshold) _card.Line($"{threshold.ToString()}").Line($"");
        _card.Line($"| metric | model | 95 % interval | baseline | better is |").Line($"|---|---:|---:|---:|---|");
        foreach (var score in evaluation.MainScores)
        {
            _card.Line($"| {score.Key} | {ReportNumber.Metric(score.Value, score.Baseline)} | {(score.Interval is { } interval ? ReportNumber.Interval(interval, score.Baseline) : ReportNumber.None)} | {ReportNumber.Metric(score.Baseline, score.Value)} | {(score.Direction == MetricDirection.HigherIsBetter ? "higher" : "lower")} |");
        }

        _card.Line($"");
        WriteSlices(evaluation);
    }

    private void WriteFolds(CrossValidationReport folds)
    {
        _card.Line($"Over the folds, with the interval of the corrected resampled t-test (Nadeau and Bengio, 2003):").Line($"");
        _card.Line($"| metric | mean | deviation | 95 % interval | baseline | better is |").Line($"|---|---:|---:|---:|---:|---|");
        foreach (var score in folds.MainScores)
        {
            _card.Line($"| {score.Key} | {ReportNumber.Metric(score.Mean, score.Baseline)} | {ReportNumber.Metric(score.StandardDeviation, score.Mean)} | {ReportNumber.Interval(score.Interval, score.Mean)} | {ReportNumber.Metric(score.Baseline, score.Mean)} | {(score.Direction == MetricDirection.HigherIsBetter ? "higher" : "lower")} |");
        }

        _card.Line($"");
    }

    private void WriteSlices(Evaluation evaluation)
    {
        if (evaluation.Slices.Count == 0) return;
        var primary = evaluation.Primary;
        _card.Line($"### Slice by slice").Line($"").Line($"By {primary.Key}, the worst first.").Line($"");
        _card.Line($"| column | value | test rows | {primary.Key} | 95 % interval |").Line($"|---|---|---:|---:|---:|");
        foreach (var slice in evaluation.Slices.Take(MostSlices))
        {
            var interval = slice.Interval is { } known ? ReportNumber.Interval(known, primary.Value) : ReportNumber.None;
            _card.Line($"| {slice.Column} | {slice.Value} | {ReportNumber.Count(slice.RowCount)} | {ReportNumber.Metric(slice.Metrics[primary.Key], primary.Value)} | {interval} |");
        }

        if (evaluation.Slices.Count > MostSlices) _card.Line($"| … and {ReportNumber.Count(evaluation.Slices.Count - MostSlices)} more | | | | |");
        _card.Line($"");
    }

    private void WriteImportances()
    {
        if (!ImportanceChart.CanShow(model)) return;
        _card.Line($"## What mattered").Line($"").Line($"{ImportanceChart.WhatOf(model.Importances)}").Line($"").Line($"| feature | share |").Line($"|---|---:|");
        foreach (var importance in model.Importances.Take(MostImportances)) _card.Line($"| {importance.Feature} | {ReportNumber.Share(importance.Gain)} |");
        if (model.Importances.Count > MostImportances) _card.Line($"| {ReportNumber.Count(model.Importances.Count - MostImportances)} others | {ReportNumber.Share(model.Importances.Skip(MostImportances).Sum(importance => importance.Gain))} |");
        _card.Line($"");
    }

    private void WriteLimitations()
    {
        _card.Line($"## Limitations").Line($"");
        foreach (var limitation in KnownLimitations()) _card.Line($"- {limitation}");
        _card.Line($"").Line($"<!-- To be filled in: groups and situations that the data does not speak for, and what a wrong prediction costs. -->").Line($"");
    }

    private IEnumerable<string> KnownLimitations()
    {
        if (run.Status == RunStatus.Cancelled) yield return "Training was cancelled: the model is the best one up to then.";
        if ((run.EvaluationOrNull ?? run.CrossValidationOrNull?.Evaluation) is not { } evaluation) yield return "It was not evaluated: how good it is on rows that it has not seen is not known.";
        else if (BehindBaseline(evaluation) is { Length: > 0 } behind) yield return $"It is no better than the baseline by {behind}.";
        foreach (var warning in run.Warnings) yield return Excerpt.Of(warning, 1000);
        if (run.Warnings.Count == 0) yield return "The run gave no warning.";
    }

    private static string BehindBaseline(Evaluation evaluation) => string.Join(", ",
        from score in evaluation.MainScores
        where score.Direction == MetricDirection.HigherIsBetter ? score.Value <= score.Baseline : score.Value >= score.Baseline
        select score.Key);
}
