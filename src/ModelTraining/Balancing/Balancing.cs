using System.Globalization;

namespace ModelTraining;

/// <summary>Does what was kept by <see cref="BalanceStep"/>s, one after the other, to the rows that a trainer is given. What else goes by the run's data does not see it.</summary>
internal static class Balancing
{
    /// <summary>What to train on; the run's data as it is where there is nothing to balance.</summary>
    /// <exception cref="ModelTrainingException">MT267x: a method does not fit the rows; with the place of its line.</exception>
    /// <exception cref="OperationCanceledException">The token was signalled.</exception>
    public static async ValueTask<TrainingData> ApplyAsync(RunState state, CancellationToken cancellationToken) => state.Balancing.Count == 0
        ? state.Data
        : await Task.Run(() => Apply(state, cancellationToken), cancellationToken).ConfigureAwait(false);

    private static TrainingData Apply(RunState state, CancellationToken cancellationToken)
    {
        var rows = new BalancedRows(state.Data);
        var random = state.Random("balance");
        var changes = new List<BalanceChange>();
        foreach (var (i, step) in state.Balancing.Index())
        {
            var started = state.Plan.Time.GetTimestamp();
            var (countsBefore, weightsBefore) = (rows.Counts(), rows.ClassFactors.ToArray());
            try
            {
                step.Method.Apply(rows, new BalanceContext
                {
                    Random = random.Fork(string.Create(CultureInfo.InvariantCulture, $"{i} {step.Method.Name}")),
                    Threads = state.Plan.Threads,
                    Features = state.Features,
                    Progress = (done, all) => state.Progress?.Report(new TrainingProgress { Stage = step.Name, Completed = done, Total = all, Unit = "rows", Elapsed = state.Plan.Time.GetElapsedTime(started) }),
                    CancellationToken = cancellationToken,
                });
            }
            catch (ModelTrainingException exception) when (PlaceOf(step, state.Plan) is { } place)
            {
                throw new ModelTrainingException(exception.Problems, place, exception);
            }

            changes.Add(new BalanceChange(step.Method.Name, Classes(rows, countsBefore, weightsBefore)));
        }

        state.Context.Report(new BalanceReport(changes));
        return rows.ToData();
    }

    private static IReadOnlyList<ClassBalance> Classes(BalancedRows rows, int[] countsBefore, double[] weightsBefore)
    {
        var counts = rows.Counts();
        return [.. rows.Classes.Select((name, i) => new ClassBalance(name, countsBefore[i], counts[i], rows.ClassFactors[i] / weightsBefore[i]))];
    }

    /// <summary>The line that asked for it, and not that of the training; null of a step that a trial of a study made.</summary>
    private static string? PlaceOf(BalanceStep step, PipelinePlan plan)
    {
        for (var i = 0; i < plan.Steps.Length; i++) if (plan.Steps[i].Step == step) return plan.Steps[i].Place(i + 1, plan.Steps.Length);
        return null;
    }
}
