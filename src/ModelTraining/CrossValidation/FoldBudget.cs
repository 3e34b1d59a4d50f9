namespace ModelTraining;

/// <summary>How many folds are worked on at a time.</summary>
internal static class FoldBudget
{
    /// <summary>Of a table's bytes: features, what the trainer makes of them, and predictions.</summary>
    private const int TimesTheTable = 3;

    public static int ParallelFolds(FoldPlan plan, RunState state)
    {
        if (state.Spill is not null) return 1; // one file, of which each fold would want another part
        if (plan.Options.ParallelFolds is null && plan.Steps.Any(planned => IsTakingAllThreads(planned.Step))) return 1;
        var budget = plan.Options.MemoryBudgetBytes ?? state.Plan.MemoryLimitBytes ?? new SourceContext().MemoryLimitBytes;
        var each = (long)TimesTheTable * TableMemory.BytesAValue * state.Table.RowCount * Math.Max(1, state.Table.Columns.Count);
        var fitting = Math.Max(1, budget / Math.Max(1, each));
        return (int)Math.Min(Math.Min(plan.Options.ParallelFolds ?? state.Plan.Threads, plan.Count), fitting);
    }

    /// <summary>A network's last digits depend on how many threads there are, and a search has a study of its own.</summary>
    private static bool IsTakingAllThreads(IRunStep step) => step is TuneStep or FineTuneNetworkStep || (step is TrainStep { Trainer: IBackendStep<ITrainer> });
}
