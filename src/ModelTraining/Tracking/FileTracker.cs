using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ModelTraining;

/// <summary>
/// Keeps runs in a folder, which several processes may share: a folder a run, with <c>run.json</c>, <c>metrics.jsonl</c> (a line a value, written as it comes) and
/// <c>artifacts</c>. There is nothing else: a run is deleted by deleting its folder.
/// </summary>
public sealed class FileTracker : IRunTracker
{
    /// <summary>A tracker in a folder, which is made with the first run.</summary>
    /// <param name="folder">The folder; a relative path is taken from the current directory.</param>
    public FileTracker(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Folder = Path.GetFullPath(folder);
    }

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    /// <exception cref="ModelTrainingException">MT4001: the run can't be written.</exception>
    public ValueTask<ITrackedRun> StartAsync(RunStart start, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(start);
        var id = string.Create(CultureInfo.InvariantCulture, $"{start.StartedAt.UtcDateTime:yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("N")[..8]}");
        var record = new RunRecord { Name = start.Name, StartedAt = start.StartedAt, Options = new(start.Options) };
        var folder = Path.Combine(Folder, id);
        AtomicFile.Write(Path.Combine(folder, RunRecord.File), RunRecord.ToBytes(record));
        return new(new FileTrackedRun(folder, record));
    }

    /// <summary>The runs in the folder, the newest first. Those that are not ended are among them.</summary>
    /// <exception cref="ModelTrainingException">MT4321: a file of a run is malformed. MT4322: it can't be read.</exception>
    public IReadOnlyList<TrackedRun> Runs()
    {
        if (!Directory.Exists(Folder)) return [];
        var runs = new List<TrackedRun>();
        foreach (var folder in Directory.EnumerateDirectories(Folder))
        {
            // Without the file it is no run: somebody else's folder, or one that begins at this moment or is being deleted.
            if (Read(Path.Combine(folder, RunRecord.File)) is { } json) runs.Add(Run(folder, json));
        }

        return [.. runs.OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.Id, StringComparer.Ordinal)];
    }

    private static TrackedRun Run(string folder, string json)
    {
        RunRecord record;
        try
        {
            record = JsonSerializer.Deserialize(json, RunJson.Default.RunRecord) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw Malformed(Path.Combine(folder, RunRecord.File), null, exception);
        }

        var metrics = Metrics(Path.Combine(folder, FileTrackedRun.MetricsFile));
        var values = new Dictionary<string, double>();
        foreach (var metric in metrics.Where(metric => metric.Step is null)) values[metric.Key] = metric.Value;
        var artifacts = Path.Combine(folder, FileTrackedRun.ArtifactFolder);
        return new TrackedRun
        {
            Id = Path.GetFileName(folder),
            Name = record.Name,
            Folder = folder,
            StartedAt = record.StartedAt,
            EndedAt = record.EndedAt,
            Outcome = record.Outcome,
            Error = record.Error,
            Options = record.Options,
            Warnings = record.Warnings ?? [],
            Models = record.Models ?? [],
            Metrics = values,
            Steps = [.. metrics.Where(metric => metric.Step is not null)],
            Artifacts = Directory.Exists(artifacts) ? [.. Directory.EnumerateFiles(artifacts).Order(StringComparer.Ordinal)] : [],
        };
    }

    private static List<RunMetric> Metrics(string path)
    {
        var metrics = new List<RunMetric>();
        var text = Read(path) ?? "";

        // What follows the last line's end is a line that a process did not finish, or has not yet.
        var lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0) continue;
            try
            {
                metrics.Add(JsonSerializer.Deserialize(lines[i], RunLineJson.Default.RunMetric) ?? throw new JsonException("It is null."));
            }
            catch (JsonException exception)
            {
                throw Malformed(path, i + 1, exception);
            }
        }

        return metrics;
    }

    private static string? Read(string path)
    {
        try
        {
            // A run that goes on has it open for writing.
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelTrainingException("MT4322", $"'{path}' can't be read: {exception.Message} Check the path, and the rights.", exception);
        }
    }

    private static ModelTrainingException Malformed(string path, int? line, JsonException exception) =>
        new("MT4321", string.Create(CultureInfo.InvariantCulture, $"'{path}'{(line is null ? "" : $", line {line},")} is malformed: {exception.Message} Mend it, or delete the run's folder."), exception);
}
