using System.Globalization;

namespace ModelTraining;

/// <summary>Options of <c>CrossValidate</c>: how rows are divided into folds, and what model is kept.</summary>
public sealed record CrossValidateOptions
{
    private const int MostMembers = 200;

    /// <summary>How many folds. Each row is tested in one of them, in each repeat. At least 2; default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>How often all folds are drawn anew: the mean is steadier, the time as much longer. Default 1.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Whether each row is a fold by itself, or with <see cref="GroupBy"/> each group. <see cref="Folds"/> means nothing then. Default false.</summary>
    public bool LeaveOneOut { get; init; }

    /// <summary>
    /// Whether each fold gets its share of every class, to within one row, or, for numbers, of every tenth of the sorted labels. Default null: for classes yes, for numbers no, and no where
    /// <see cref="Shuffle"/> is off.
    /// </summary>
    public bool? Stratify { get; init; }

    /// <summary>Whether rows are drawn at random. Default true. Otherwise folds are blocks of rows that follow each other, as in scikit-learn's KFold.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// The column whose equal values keep together: all rows of a customer, patient or document are in one fold. A row without a value is a group by itself. Folds have their shares of rows, and of
    /// classes where <see cref="Stratify"/> holds, as closely as the groups allow. The column should not be a feature: name it among the source's <c>Ids</c>. Default null.
    /// </summary>
    public string? GroupBy { get; init; }

    /// <summary>
    /// The column of dates or numbers that tells when a row was. Folds are then blocks of the newest rows that follow each other, each tested by what learned from older rows alone, as in scikit-learn's
    /// TimeSeriesSplit; the oldest rows are never tested. Rows of one time stay together, on the older side of a bound. Default null.
    /// </summary>
    public string? TimeBy { get; init; }

    /// <summary>With <see cref="TimeBy"/>: the least number of rows between the newest that a fold learns from and the oldest that it is tested on, where labels are known later only. Default 0.</summary>
    public int Gap { get; init; }

    /// <summary>With <see cref="TimeBy"/>: the rows that a fold is tested on. Default null: all rows divided by one more than there are folds.</summary>
    public int? TestSize { get; init; }

    /// <summary>With <see cref="TimeBy"/>: the most rows that a fold learns from, the newest ones: a window that slides, and does not expand. Default null: all that are older.</summary>
    public int? MaxTrainSize { get; init; }

    /// <summary>
    /// The share of a fold's training rows, in [0, 1), that early stopping, <c>Tune</c>, <c>Calibrate</c> and <c>Threshold</c> go by: whole groups with <see cref="GroupBy"/>, the newest with <see cref="TimeBy"/>.
    /// The refit on all rows keeps as large a part for the same; with 0 it learns from every row. Default 0.1.
    /// </summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>What model is kept: one that is fitted on all rows, or the folds' together. Default <see cref="FinalModel.Refit"/>.</summary>
    public FinalModel Final { get; init; } = FinalModel.Refit;

    /// <summary>
    /// How many folds are worked on at a time, at most; the run's threads are shared among them, and <see cref="MemoryBudgetBytes"/> holds too. The result does not depend on it, but for the last digits
    /// of networks. Default null: one for each thread; one after the other where networks are trained, <c>Tune</c> searches, or the table is spilled.
    /// </summary>
    public int? ParallelFolds { get; init; }

    /// <summary>How many bytes the folds that are worked on at a time may take, each estimated at three times the table. Default null: what <c>WithMemoryLimit</c> says, or half of what the process may use.</summary>
    public long? MemoryBudgetBytes { get; init; }

    internal RowDivision Division => new() { Verb = "CrossValidate", GroupBy = GroupBy, TimeBy = TimeBy, Stratify = Stratify, Shuffle = Shuffle };

    internal TimeWindow Window => new(Gap, TestSize, MaxTrainSize);

    /// <summary>"5 folds, grouped by patient, repeated 3 times".</summary>
    internal string Words(Target target)
    {
        var folds = LeaveOneOut ? (GroupBy is null ? "leave one out" : $"leave one {GroupBy} out") : string.Create(CultureInfo.InvariantCulture, $"{Folds} folds");
        if (GroupBy is not null && !LeaveOneOut) folds += $", grouped by {GroupBy}";
        if (TimeBy is not null) folds += $", by time ({TimeBy}){(Gap > 0 ? string.Create(CultureInfo.InvariantCulture, $" with a gap of {Gap} rows") : "")}";
        if (!LeaveOneOut && Division.IsStratified(target)) folds += ", stratified";
        return Repeats > 1 ? string.Create(CultureInfo.InvariantCulture, $"{folds}, repeated {Repeats} times") : folds;
    }

    internal IEnumerable<Problem> Validate()
    {
        if (Folds < 2) yield return new Problem("MT1900", $"The 'Folds' option of CrossValidate must be at least 2. Got {Folds}. Use Split to test once.");
        if (Repeats < 1) yield return new Problem("MT1901", $"The 'Repeats' option of CrossValidate must be at least 1. Got {Repeats}.");
        if (Validation is not (>= 0 and < 1)) yield return new Problem("MT1902", string.Create(CultureInfo.InvariantCulture, $"The 'Validation' option of CrossValidate must be in [0, 1). Got {Validation}."));
        foreach (var (one, other, why) in Excluding()) yield return new Problem("MT1903", $"The options '{one}' and '{other}' of CrossValidate exclude each other: {why}. Leave one of them out.");
        foreach (var problem in ValidateTime()) yield return problem;
        if (ParallelFolds < 1) yield return new Problem("MT1905", $"The 'ParallelFolds' option of CrossValidate must be at least 1. Got {ParallelFolds}.");
        if (MemoryBudgetBytes < 1) yield return new Problem("MT1905", $"The 'MemoryBudgetBytes' option of CrossValidate must be at least 1. Got {MemoryBudgetBytes}.");
        if (!Enum.IsDefined(Final)) yield return new Problem("MT1906", $"There is no FinalModel {(int)Final}. Use Refit or Ensemble.");
        else if (Final == FinalModel.Ensemble && (long)Folds * Repeats > MostMembers && !LeaveOneOut) yield return new Problem("MT1906", $"{Folds} folds, repeated {Repeats} times, are too many models for one graph, which takes at most {MostMembers}. Take fewer, or FinalModel.Refit.");
    }

    /// <summary>What does not fit the columns.</summary>
    internal IEnumerable<Problem> Validate(Schema schema)
    {
        if (GroupBy is not null && SplitOptions.Misnamed(schema, "CrossValidate", nameof(GroupBy), GroupBy) is { } group) yield return group;
        if (TimeBy is not null && SplitOptions.Misnamed(schema, "CrossValidate", nameof(TimeBy), TimeBy) is { } time) yield return time;
    }

    private IEnumerable<(string One, string Other, string Why)> Excluding()
    {
        if (GroupBy is not null && TimeBy is not null) yield return (nameof(GroupBy), nameof(TimeBy), "each decides alone which fold a row is in");
        if (LeaveOneOut && TimeBy is not null) yield return (nameof(LeaveOneOut), nameof(TimeBy), "folds of time are blocks of rows");
        if (LeaveOneOut && Stratify == true) yield return (nameof(LeaveOneOut), nameof(Stratify), "a fold of one row, or of one group, has no shares");
        if (LeaveOneOut && Repeats > 1) yield return (nameof(LeaveOneOut), nameof(Repeats), "nothing is drawn that could be drawn anew");
        if (LeaveOneOut && Final == FinalModel.Ensemble) yield return (nameof(LeaveOneOut), $"{nameof(Final)}: {FinalModel.Ensemble}", "as many models as rows are too many for one graph");
        if (TimeBy is not null && Stratify == true) yield return (nameof(TimeBy), nameof(Stratify), "time decides alone which fold a row is in");
        if (TimeBy is not null && Repeats > 1) yield return (nameof(TimeBy), nameof(Repeats), "nothing is drawn that could be drawn anew");
        if (Shuffle) yield break;
        if (Stratify == true) yield return (nameof(Stratify), $"{nameof(Shuffle)}: false", "rows that keep their order can't be chosen by class");
        if (GroupBy is not null && !LeaveOneOut) yield return (nameof(GroupBy), $"{nameof(Shuffle)}: false", "groups are dealt out at random");
        if (Repeats > 1) yield return (nameof(Repeats), $"{nameof(Shuffle)}: false", "nothing is drawn that could be drawn anew");
    }

    private IEnumerable<Problem> ValidateTime()
    {
        if (Gap < 0) yield return new Problem("MT1904", $"The 'Gap' option of CrossValidate must be at least 0. Got {Gap}.");
        if (TestSize < 1) yield return new Problem("MT1904", $"The 'TestSize' option of CrossValidate must be at least 1. Got {TestSize}.");
        if (MaxTrainSize < 2) yield return new Problem("MT1904", $"The 'MaxTrainSize' option of CrossValidate must be at least 2. Got {MaxTrainSize}.");
        if (TimeBy is not null) yield break;
        foreach (var name in new[] { Gap == 0 ? null : nameof(Gap), TestSize is null ? null : nameof(TestSize), MaxTrainSize is null ? null : nameof(MaxTrainSize) })
        {
            if (name is not null) yield return new Problem("MT1904", $"The '{name}' option of CrossValidate is for folds of time, and no 'TimeBy' names the column that tells the time. Name it, or leave '{name}' out.");
        }
    }
}
