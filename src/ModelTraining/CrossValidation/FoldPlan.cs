using System.Globalization;

namespace ModelTraining;

/// <summary>Which folds there are, and which steps each of them takes.</summary>
internal sealed class FoldPlan
{
    private readonly RunState _state;
    private readonly FoldMaker _maker;
    private readonly List<Fold> _folds = [];
    private readonly int _first;

    /// <exception cref="ModelTrainingException">MT2650 to MT2653: the rows can't be divided into such folds.</exception>
    public FoldPlan(CrossValidateOptions options, RunState state, IRunStep step)
    {
        (Options, _state) = (options, state);
        _first = state.Plan.Steps.TakeWhile(planned => !ReferenceEquals(planned.Step, step)).Count() + 1;
        Steps = [.. state.Plan.Steps.Skip(_first).Where(planned => planned.Step.FitsModel)];
        Evaluate = state.Plan.Steps.Select(planned => planned.Step).OfType<EvaluateStep>().FirstOrDefault()?.Settings ?? new EvaluateOptions();
        _maker = new FoldMaker(options.Division, state.Table, state.Target) { Window = options.Window };
        AllRows = [.. Enumerable.Range(0, state.Table.RowCount)];
        if (!options.LeaveOneOut && options.GroupBy is null && options.Division.IsStratified(state.Target)) CheckClasses(options.Folds);
        for (var repeat = 0; repeat < options.Repeats; repeat++)
        {
            _folds.AddRange(options.LeaveOneOut ? _maker.LeaveOneOut(AllRows) : _maker.Make(AllRows, options.Folds, state.Random(string.Create(CultureInfo.InvariantCulture, $"folds {repeat}"))));
        }
    }

    public CrossValidateOptions Options { get; }

    /// <summary>What metrics there are.</summary>
    public EvaluateOptions Evaluate { get; }

    /// <summary>The steps that each fold takes, from the features to the model as it serves.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; }

    public int[] AllRows { get; }

    /// <summary>The folds of all repeats.</summary>
    public int Count => _folds.Count;

    public int PerRepeat => Count / Options.Repeats;

    /// <summary>The parts of the model that is fitted on all rows.</summary>
    public DataSplit Whole => _maker.WithValidation(Fold.Of(AllRows, []), Options.Validation, _state.Random("validation"));

    /// <summary>The parts of a fold. Made when asked for: of thousands of folds each has a list as long as the table.</summary>
    public DataSplit Split(int fold) => _maker.WithValidation(_folds[fold], Options.Validation, _state.Random(string.Create(CultureInfo.InvariantCulture, $"validation {fold}")));

    /// <summary>"fold 2 of 5", "fold 2 of 5, repeat 1 of 3".</summary>
    public string Name(int fold) => string.Create(CultureInfo.InvariantCulture, $"fold {(fold % PerRepeat) + 1} of {PerRepeat}{(Options.Repeats > 1 ? $", repeat {(fold / PerRepeat) + 1} of {Options.Repeats}" : "")}");

    /// <summary>"stage 5 of 8, Train, Program.cs:14".</summary>
    public string Place(PlannedStep planned) => planned.Place(_state.Plan.Steps.IndexOf(planned) + 1, _state.Plan.Steps.Length);

    /// <summary>Asks the steps whether the folds suit them, before anything is fitted, and warns of classes that a fold can't learn. Of rows that are left out one by one, the first stands for all.</summary>
    /// <exception cref="ModelTrainingException">What does not fit, all of it.</exception>
    public void Check(CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        foreach (var planned in Steps.Concat(_state.Plan.Steps.Skip(_first).Where(planned => planned.Step is EvaluateStep or ExplainStep))) Add(planned, planned.Step.Validate(_state.Target), problems);
        var unlearned = new Dictionary<string, int>();
        for (var fold = 0; fold < (Options.LeaveOneOut ? 1 : Count); fold++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var split = Split(fold);
            foreach (var planned in Steps) Add(planned, planned.Step.Validate(_state.Target, split), problems);
            foreach (var name in Unlearned(split)) unlearned[name] = unlearned.GetValueOrDefault(name) + 1;
        }

        if (Options.Final == FinalModel.Refit) foreach (var planned in Steps) Add(planned, planned.Step.Validate(_state.Target, Whole), problems);
        if (problems.Count > 0) throw new ModelTrainingException([.. problems.DistinctBy(problem => problem.Message)]);
        foreach (var (name, folds) in unlearned) _state.Context.Warn($"Of label '{_state.Target.Column}', class '{name}' has no training row in {ReportNumber.Count(folds)} of {ReportNumber.Count(Count, "fold")}: it is not learned there.");
    }

    private void Add(PlannedStep planned, IEnumerable<Problem> found, List<Problem> problems) =>
        problems.AddRange(found.Select(problem => problem with { Message = $"{problem.Message} ({Place(planned)})" }));

    private IEnumerable<string> Unlearned(DataSplit split)
    {
        if (_state.Target.Task == LearningTask.Regression) return [];
        var seen = new bool[_state.Target.Classes.Count];
        foreach (var row in split.TrainingRows.Span) seen[(int)_state.Target.Values[row]] = true;
        return _state.Target.Classes.Where((_, i) => !seen[i]);
    }

    private void CheckClasses(int folds)
    {
        var target = _state.Target;
        if (target.Task == LearningTask.Regression) return;
        var counts = new int[target.Classes.Count];
        foreach (var value in target.Values) counts[(int)value]++;
        var few = Enumerable.Range(0, counts.Length).Where(i => counts[i] < folds).ToList();
        if (few.Count == 0) return;
        var least = few.Min(i => counts[i]);
        throw new ModelTrainingException("MT2650", string.Create(CultureInfo.InvariantCulture,
            $"Of label '{target.Column}', {string.Join(", ", few.Take(5).Select(i => $"class '{target.Classes[i]}' has {counts[i]} {(counts[i] == 1 ? "row" : "rows")}"))}{(few.Count > 5 ? $" and {few.Count - 5} more have as few" : "")}, fewer than the {folds} folds of CrossValidate, so that not each fold can have one. {(least >= 2 ? $"Set 'Folds' to {least}" : "Join such classes or leave them out")}, or 'Stratify' to false to draw rows whatever their class."));
    }
}
