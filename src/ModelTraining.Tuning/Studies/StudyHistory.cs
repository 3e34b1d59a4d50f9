using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ModelTraining;

/// <summary>What the events of a study have made of it so far. Not thread-safe.</summary>
internal sealed class StudyHistory(SearchSpace space)
{
    public const int Version = 1;
    private readonly List<TrialRecord> _trials = [];
    private readonly Dictionary<string, DateTimeOffset> _heard = [];

    /// <summary>The number of events.</summary>
    public int Count { get; private set; }

    /// <summary>The first event; null before it.</summary>
    public StudyEvent? Header { get; private set; }

    public IReadOnlyList<TrialRecord> Trials => _trials;

    /// <summary>When a worker was last heard of; null when it never was.</summary>
    public DateTimeOffset? HeardOf(string worker) => _heard.TryGetValue(worker, out var at) ? at : null;

    /// <exception cref="ModelTrainingException">MT4402: the line is none of a study.</exception>
    public void Apply(string line)
    {
        Apply(Parse(line) ?? throw Corrupt("is no JSON object of a study"));
    }

    public void Apply(StudyEvent happened)
    {
        if (Count == 0 != (happened.Kind == "study")) throw Corrupt(Count == 0 ? "should begin a study, and does not" : "begins another study");
        if (happened.Kind == "study")
        {
            if (happened.Version is not { } version || version > Version) throw new ModelTrainingException("MT4403", $"The study was written by a newer version of the library (format {happened.Version}, this one reads up to {Version}). Update the library.");
            Header = happened;
        }
        else
        {
            ApplyToTrial(happened);
        }

        Count++;
    }

    public static string Write(StudyEvent happened) => JsonSerializer.Serialize(happened, StudyJson.Default.StudyEvent);

    private void ApplyToTrial(StudyEvent happened)
    {
        if (happened.Worker is not { } worker) throw Corrupt("names no worker");
        _heard[worker] = happened.At;
        if (happened.Kind == "pulse") return;
        if (happened.Trial is not { } number || number < 0 || number > _trials.Count || number == _trials.Count != (happened.Kind == "ask")) throw Corrupt("is of a trial that is not there");
        if (happened.Kind == "ask")
        {
            _trials.Add(new TrialRecord { Number = number, State = TrialState.Running, Parameters = Values(happened), StartedAt = happened.At, Worker = worker });
            return;
        }

        var trial = _trials[number];
        if (trial.HasEnded) return; // its first end is its end
        if (happened.Kind == "claim") _trials[number] = trial with { State = TrialState.Running, Worker = worker, StartedAt = happened.At, Reports = [] };
        else if (trial.Worker == worker && trial.State == TrialState.Running) _trials[number] = OfItsWorker(trial, happened); // what one says whose trial was taken over does not count
    }

    private TrialRecord OfItsWorker(TrialRecord trial, StudyEvent happened) => happened.Kind switch
    {
        "report" when happened is { Step: { } step, Value: { } value } => trial with { Reports = trial.Reports.Add(new TrialReport(step, value)) },
        "release" => trial with { State = TrialState.Waiting, Reports = [] },
        "tell" when happened.State is { } state && state is not (TrialState.Running or TrialState.Waiting) => trial with
        {
            State = state,
            Values = happened.Values ?? [],
            Constraints = happened.Constraints ?? [],
            Reason = happened.Reason,
            EndedAt = happened.At,
        },
        _ => throw Corrupt($"is of an unknown kind, '{happened.Kind}', or lacks what that kind needs"),
    };

    private IReadOnlyDictionary<string, double> Values(StudyEvent happened)
    {
        var values = happened.Parameters ?? throw Corrupt("has no parameters");
        foreach (var parameter in space.Parameters)
        {
            if (!parameter.IsActive(values)) continue;
            if (!values.TryGetValue(parameter.Name, out var value) || !parameter.Has(value)) throw Corrupt($"has no value of '{parameter.Name}', or one out of its range");
        }

        return values;
    }

    private static StudyEvent? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, (JsonTypeInfo<StudyEvent>)StudyJson.Default.StudyEvent);
        }
        catch (JsonException)
        {
            return null; // the caller knows the line's number
        }
    }

    private ModelTrainingException Corrupt(string what) =>
        new("MT4402", $"Entry {Count + 1} of the study {what}. Something else has written to it: go on from a copy that is whole, or begin a new study.");
}
