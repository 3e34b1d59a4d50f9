namespace ModelTraining;

/// <summary>Makes one report of all folds: their metrics, the predictions of rows by models that had not learned from them, and what was warned of.</summary>
internal static class FoldGatherer
{
    public static CrossValidationReport Gather(FoldPlan plan, RunState state, IReadOnlyList<FoldOutcome> folds, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var warning in FoldWarnings.Joined([.. folds.Select(fold => fold.Warnings)])) state.Context.Warn(warning);
        var target = folds[0].Target;
        var (rows, tested, firstFolds) = Together(state, target, folds);
        var source = EvaluateStep.SourceOf(state, tested);
        var evaluator = new Evaluator(plan.Evaluate, target);
        var guess = BaselineGuess.From(target, tested, state.Weights.Span);
        var evaluation = evaluator.Evaluate(rows, [], guess, source, state.Plan.Threads, state.Context.Warn);
        var outOfFold = new OutOfFoldPredictions(rows, tested, source.Origins, firstFolds, state.Table, target);
        return new CrossValidationReport(plan.Options.Words(target), plan.Options.Final, plan.Evaluate.MetricsFor(target.Task), [.. folds.Select(fold => fold.Result)], outOfFold, evaluation);
    }

    /// <summary>Each row's mean over the repeats, summed in the order of the folds.</summary>
    private static (EvaluatedRows Rows, int[] Tested, int[] Folds) Together(RunState state, Target target, IReadOnlyList<FoldOutcome> folds)
    {
        var width = target.OutputCount;
        var all = state.Table.RowCount;
        var (sums, thresholds, counts, first) = (new double[all * width], new double[all], new int[all], new int[all]);
        foreach (var fold in folds)
        {
            var test = fold.Result.TestRows.Span;
            for (var i = 0; i < test.Length; i++)
            {
                if (counts[test[i]]++ == 0) first[test[i]] = fold.Result.Number;
                thresholds[test[i]] += fold.Result.Threshold ?? 0;
                for (var j = 0; j < width; j++) sums[(test[i] * width) + j] += fold.Outputs[(i * width) + j];
            }
        }

        int[] tested = [.. Enumerable.Range(0, all).Where(row => counts[row] > 0)];
        var (targets, outputs, weights) = (new float[tested.Length], new float[tested.Length * width], new float[state.Weights.IsEmpty ? 0 : tested.Length]);
        for (var i = 0; i < tested.Length; i++)
        {
            var row = tested[i];
            targets[i] = target.Values[row];
            if (weights.Length > 0) weights[i] = state.Weights.Span[row];
            for (var j = 0; j < width; j++) outputs[(i * width) + j] = (float)(sums[(row * width) + j] / counts[row]);
        }

        var hasThresholds = folds.All(fold => fold.Result.Threshold is not null);
        return (new EvaluatedRows(targets, outputs, weights, target.Classes.Count) { Thresholds = hasThresholds ? [.. tested.Select(row => (float)(thresholds[row] / counts[row]))] : [] }, tested, [.. tested.Select(row => first[row])]);
    }
}
