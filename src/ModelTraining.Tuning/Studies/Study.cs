using System.Diagnostics;

namespace ModelTraining;

/// <summary>
/// A search for good settings, trial by trial. Hand out and take back yourself (<see cref="Ask"/>, <see cref="Tell"/>), or give it the objective
/// (<see cref="OptimizeAsync(Func{Trial, double}, int, CancellationToken)"/>). One worker with the same seed gets the same proposals, stopped and resumed or not: a trial's randomness comes
/// from seed and number, and what samplers and pruners know is the study's history. Safe to use from many threads, and on a shared <see cref="StudyOptions.Storage"/>
/// from many processes: each trial goes to one worker.
/// </summary>
public sealed class Study : IDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private readonly Lock _gate = new();
    private readonly StudyOptions _options;
    private readonly IStudyStorage _storage;
    private readonly StudyHistory _history;
    private readonly HashSet<int> _mine = [];
    private readonly string _worker = WorkerName.New();
    private readonly ITimer? _pulse;

    /// <summary>Begins a study, or goes on with the one that its storage holds.</summary>
    /// <param name="space">What is looked for.</param>
    /// <param name="configure">Changes the options: <c>o => o with { Sampler = new GaussianProcessSampler() }</c>.</param>
    /// <exception cref="ModelTrainingException">MT18xx: options are wrong. MT4400 to MT4403: the storage can't be used, or holds something else.</exception>
    public Study(SearchSpace space, Func<StudyOptions, StudyOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        var options = new StudyOptions();
        if (configure is not null) options = configure(options) ?? throw new ArgumentException("The options were configured to null.", nameof(configure));
        if (options.Validate(space).ToList() is { Count: > 0 } problems) throw new ModelTrainingException(problems);
        (Space, _options, _storage) = (space, options, options.Storage ?? new MemoryStudyStorage());
        _history = new StudyHistory(space);
        Begin();
        if (options.Storage is null) return;
        var interval = options.HeartbeatLimit / 4;
        _pulse = options.Time.CreateTimer(_ => Pulse(), null, interval, interval);
    }

    /// <summary>What is looked for.</summary>
    public SearchSpace Space { get; }

    /// <summary>Which way each objective gets better.</summary>
    public IReadOnlyList<MetricDirection> Directions => _options.Directions;

    /// <summary>All trials by their number, as they are now.</summary>
    /// <exception cref="ModelTrainingException">MT4400: the storage can't be reached.</exception>
    public IReadOnlyList<TrialRecord> Trials
    {
        get
        {
            lock (_gate)
            {
                Refresh();
                return [.. _history.Trials];
            }
        }
    }

    /// <summary>The best complete trial that holds all constraints, of the front that with the best first objective where there are several; the earliest of equals. Null when there is none.</summary>
    public TrialRecord? Best => TrialRanking.Best(Trials, Directions);

    /// <summary>The complete trials that hold all constraints and that no other beats in all objectives (Pareto's front), by number.</summary>
    public IReadOnlyList<TrialRecord> ParetoFront => TrialRanking.Front(Trials, Directions);

    /// <summary>
    /// How much each parameter matters, most first, as shares of 1: by how much its values among the best tenth of the trials differ from those of all (PED-ANOVA; Watanabe,
    /// Bansal and Hutter, IJCAI 2023). Empty with fewer than ten complete trials.
    /// </summary>
    public IReadOnlyList<ParameterImportance> Importances() => PedAnova.Of(Space, Trials, Directions);

    /// <summary>Hands out the next trial: one that a worker gave back, or whose worker died, or else a new one.</summary>
    /// <exception cref="ModelTrainingException">MT1814: the sampler has nothing left to propose. MT4400: the storage can't be reached.</exception>
    public Trial Ask() => TryAsk(int.MaxValue) ?? throw new ModelTrainingException("MT1814", $"{_options.Sampler.Name} has proposed all that there is, {_history.Trials.Count} trials. Stop asking, or widen the space.");

    /// <summary>Ends a trial with its objectives, one a direction. One that is no number fails the trial.</summary>
    /// <exception cref="ModelTrainingException">MT1860: the trial said more or fewer constraints than those before. MT2601: there are more or fewer values than directions. MT4400: the storage can't be reached.</exception>
    public void Tell(Trial trial, params ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (values.Length != Directions.Count) throw new ModelTrainingException("MT2601", $"Trial {trial.Number} was told {values.Length} values, and the study has {Directions.Count} objectives. Give one for each of 'Directions'.");
        var isNumber = true;
        foreach (var value in values) isNumber &= double.IsFinite(value);
        CheckConstraints(trial);
        if (isNumber) End(trial, TrialState.Complete, values.ToArray(), null);
        else Fail(trial, FormattableString.Invariant($"The objective is {string.Join(", ", values.ToArray())}, which is no finite number."));
    }

    /// <summary>Ends a trial that has no value.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="reason">Why, in a sentence.</param>
    /// <exception cref="ModelTrainingException">MT4400: the storage can't be reached.</exception>
    public void Fail(Trial trial, string reason)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        End(trial, TrialState.Failed, [], reason);
    }

    /// <summary>Ends a trial that is not begun, since it could not end well: it would not fit into memory. It counts as a trial, and samplers do not go by it.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="reason">Why, in a sentence.</param>
    /// <exception cref="ModelTrainingException">MT4400: the storage can't be reached.</exception>
    public void Skip(Trial trial, string reason)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        End(trial, TrialState.Skipped, [], reason);
    }

    /// <summary>Tries until the study has so many trials, those of earlier runs and other processes included.</summary>
    /// <param name="objective">Gives the score of a trial. What it throws fails the trial, and is kept as the reason.</param>
    /// <param name="trials">How many trials the study is to have.</param>
    /// <param name="cancellationToken">Ends the search; the trial that is at work is given back.</param>
    /// <returns>The best trial.</returns>
    /// <exception cref="ModelTrainingException">MT2600: no trial is complete; the message has the reasons. MT4400: the storage can't be reached.</exception>
    /// <exception cref="OperationCanceledException">The token was signalled. The study has what was found until then.</exception>
    public ValueTask<TrialRecord> OptimizeAsync(Func<Trial, double> objective, int trials, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return OptimizeAsync((trial, _) => new([objective(trial)]), trials, cancellationToken);
    }

    /// <summary>Tries until the study has so many trials, those of earlier runs and other processes included.</summary>
    /// <param name="objective">Gives the scores of a trial, one a direction. What it throws fails the trial, and is kept as the reason.</param>
    /// <param name="trials">How many trials the study is to have.</param>
    /// <param name="cancellationToken">Ends the search; the trial that is at work is given back.</param>
    /// <returns>The best trial.</returns>
    /// <exception cref="ModelTrainingException">MT2600: no trial is complete; the message has the reasons. MT4400: the storage can't be reached.</exception>
    /// <exception cref="OperationCanceledException">The token was signalled. The study has what was found until then.</exception>
    public async ValueTask<TrialRecord> OptimizeAsync(Func<Trial, CancellationToken, ValueTask<IReadOnlyList<double>>> objective, int trials, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryAsk(trials) is { } trial) await TryOneAsync(objective, trial, cancellationToken).ConfigureAwait(false);
            else if (Trials.All(known => known.HasEnded)) break;
            else await Task.Delay(Patience, _options.Time, cancellationToken).ConfigureAwait(false); // others are at work; one of them may die
        }

        return Best ?? throw NothingComplete(Trials);
    }

    /// <summary>Gives back what was asked for and not told, and stops telling other processes that this one lives.</summary>
    public void Dispose()
    {
        _pulse?.Dispose();
        foreach (var number in _mine.ToList()) Release(number);
    }

    /// <summary>As <see cref="Ask"/>; null when the sampler has nothing left, or the study as many trials as it should have.</summary>
    internal Trial? TryAsk(int most)
    {
        lock (_gate)
        {
            (int Number, IReadOnlyDictionary<string, double>? Values) proposed = (-1, null);
            while (true)
            {
                Refresh();
                var left = _history.Trials.FirstOrDefault(trial => trial.State == TrialState.Waiting || (trial.State == TrialState.Running && IsLost(trial)));
                var number = left?.Number ?? _history.Trials.Count;
                if (left is null && number >= most) return null;
                // Others say things all the time, while a proposal may take long: it is made again only where somebody else has asked for the trial.
                if (left is null && proposed.Number != number) proposed = (number, Propose(number));
                var parameters = left?.Parameters ?? proposed.Values;
                if (parameters is null) return null;
                if (!TryAppend(Event(left is null ? "ask" : "claim") with { Trial = number, Parameters = left is null ? parameters : null }, durable: true)) continue;
                _mine.Add(number);
                return new Trial(this, _history.Trials[number]);
            }
        }
    }

    /// <summary>Takes a trial back that will not be told; whoever asks next gets it.</summary>
    internal void Release(int number)
    {
        lock (_gate)
        {
            if (_mine.Remove(number)) Append(Event("release") with { Trial = number }, durable: true);
        }
    }

    internal void Report(Trial trial, int step, double value)
    {
        lock (_gate) Append(Event("report") with { Trial = trial.Number, Step = step, Value = value }, durable: false);
    }

    internal bool ShouldPrune(Trial trial, int step)
    {
        if (_options.Pruner is not { } pruner) return false;
        lock (_gate)
        {
            Refresh();
            return pruner.ShouldPrune(new PrunerContext { Trial = _history.Trials[trial.Number], Step = step, Trials = _history.Trials, Direction = Directions[0] });
        }
    }

    internal void End(Trial trial, TrialState state, IReadOnlyList<double> values, string? reason)
    {
        lock (_gate)
        {
            if (!_mine.Remove(trial.Number)) return; // has ended already, by Prune
            Append(Event("tell") with { Trial = trial.Number, State = state, Values = values, Constraints = trial.Constraints.Count > 0 ? [.. trial.Constraints] : null, Reason = reason }, durable: true);
        }
    }

    internal static ModelTrainingException NothingComplete(IReadOnlyList<TrialRecord> trials)
    {
        var reasons = trials.Where(trial => trial.Reason is not null).GroupBy(trial => trial.Reason!).OrderByDescending(group => group.Count()).Take(3)
            .Select(group => $"{group.Key} ({group.Count()} of them, first trial {group.First().Number})").ToList();
        var infeasible = trials.Count(trial => trial.State == TrialState.Complete);
        if (infeasible > 0) reasons.Add($"{infeasible} broke a constraint");
        return new ModelTrainingException("MT2600", $"None of {trials.Count} trials came to a value that counts. {string.Join(" ", reasons)} Mend what fails, or search elsewhere.");
    }

    private async ValueTask TryOneAsync(Func<Trial, CancellationToken, ValueTask<IReadOnlyList<double>>> objective, Trial trial, CancellationToken cancellationToken)
    {
        try
        {
            var values = await objective(trial, cancellationToken).ConfigureAwait(false);
            if (!trial.IsPruned) Tell(trial, [.. values]);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Release(trial.Number);
            throw;
        }
        catch (Exception exception) when (exception is not ModelTrainingException { Id: "MT1860" or "MT2601" or "MT4400" or "MT4402" })
        {
            Fail(trial, exception.Message);
        }
    }

    /// <summary>A constraint that one trial says and another does not is one that nobody can learn from.</summary>
    private void CheckConstraints(Trial trial)
    {
        lock (_gate)
        {
            if (_history.Trials.FirstOrDefault(known => known.State == TrialState.Complete) is not { } first || first.Constraints.Count == trial.Constraints.Count) return;
            throw new ModelTrainingException("MT1860", $"Trial {trial.Number} said {trial.Constraints.Count} constraints, and trial {first.Number} said {first.Constraints.Count}. Call Constrain for the same constraints in each trial, also for those that hold.");
        }
    }

    /// <summary>Proposals depend on seed, number and history alone, so that a study that was stopped goes on as if it had not been.</summary>
    private IReadOnlyDictionary<string, double>? Propose(int number)
    {
        var random = new SeededRandom(_options.Seed).Fork(FormattableString.Invariant($"trial {number}"));
        var context = new SamplerContext { Space = Space, Directions = Directions, Trials = _history.Trials, Number = number, Seed = _options.Seed, Random = random };
        var proposed = _options.Sampler.Propose(context);
        if (proposed is null || number > 0 || Space.Parameters.All(parameter => parameter.Initial is null)) return proposed;
        var first = new Dictionary<string, double>();
        foreach (var parameter in Space.Parameters)
        {
            if (parameter.IsActive(first)) first[parameter.Name] = parameter.Initial ?? (proposed.TryGetValue(parameter.Name, out var value) ? value : parameter.FromShare(0.5));
        }

        return first;
    }

    private bool IsLost(TrialRecord trial)
    {
        if (_mine.Contains(trial.Number)) return false;
        if (WorkerName.IsDead(trial.Worker)) return true;
        return _history.HeardOf(trial.Worker) is { } heard && _options.Time.GetUtcNow() - heard > _options.HeartbeatLimit;
    }

    private void Begin()
    {
        var header = Event("study") with { Worker = null, Version = StudyHistory.Version, Space = [.. Space.Parameters.Select(parameter => parameter.ToString())], Directions = Directions, Seed = _options.Seed, Subject = _options.Subject };
        do Refresh();
        while (_history.Header is null && !TryAppend(header, durable: true));
        var found = _history.Header!;
        var difference = Difference(found.Space ?? [], header.Space!);
        if (found.Directions?.SequenceEqual(Directions) != true) difference ??= "has other objectives";
        if (found.Seed != header.Seed) difference ??= $"has the seed {found.Seed}, not {header.Seed}";
        if (found.Subject != header.Subject) difference ??= $"is of '{found.Subject}', not of '{header.Subject}'";
        if (difference is not null) throw new ModelTrainingException("MT4401", $"The study in {_storage} {difference}. Go on with what it was begun with, or keep the new study elsewhere.");
    }

    private static string? Difference(IReadOnlyList<string> found, IReadOnlyList<string> wanted)
    {
        if (found.Except(wanted).FirstOrDefault() is { } gone) return $"looks for [{gone}], and this one does not";
        return wanted.Except(found).FirstOrDefault() is { } added ? $"does not look for [{added}]" : null;
    }

    private StudyEvent Event(string kind) => new() { Kind = kind, At = _options.Time.GetUtcNow(), Worker = _worker };

    private void Refresh()
    {
        foreach (var line in _storage.Read(_history.Count)) _history.Apply(line);
    }

    private bool TryAppend(StudyEvent happened, bool durable)
    {
        if (!_storage.TryAppend(_history.Count, StudyHistory.Write(happened), durable)) return false;
        _history.Apply(happened);
        return true;
    }

    private void Append(StudyEvent happened, bool durable)
    {
        while (!TryAppend(happened, durable)) Refresh();
    }

    /// <summary>On a thread of the timer, where there is nobody to tell of trouble with the storage: the worker meets it with the next thing that it says.</summary>
    private void Pulse()
    {
        try
        {
            lock (_gate)
            {
                if (_mine.Count > 0) Append(Event("pulse"), durable: false);
            }
        }
        catch (ModelTrainingException exception)
        {
            Debug.WriteLine(exception.Message);
        }
    }
}
