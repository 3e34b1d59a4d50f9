using System.Text.Json;

namespace ModelTraining;

/// <summary>The folder of a run that goes on.</summary>
internal sealed class FileTrackedRun(string folder, RunRecord record) : ITrackedRun
{
    public const string MetricsFile = "metrics.jsonl";
    public const string ArtifactFolder = "artifacts";

    private FileStream? _metrics;

    public void Log(RunMetric metric)
    {
        // Unbuffered, and a line at once: who reads meanwhile, and who reads after a crash, has all that was said.
        _metrics ??= new FileStream(Path.Combine(folder, MetricsFile), FileMode.Append, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        _metrics.Write([.. JsonSerializer.SerializeToUtf8Bytes(metric, RunLineJson.Default.RunMetric), (byte)'\n']);
    }

    public async ValueTask AddArtifactAsync(string name, Stream content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        SafeName.Check("An artifact", name);
        var artifacts = Path.Combine(folder, ArtifactFolder);
        Directory.CreateDirectory(artifacts);
        var file = new FileStream(Path.Combine(artifacts, name), FileMode.Create, FileAccess.Write);
        await using (file.ConfigureAwait(false)) await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask EndAsync(RunEnd end, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(end);
        _metrics?.Dispose();
        _metrics = null;
        var ended = record with { Outcome = end.Outcome, EndedAt = end.EndedAt, Error = end.Error, Warnings = end.Warnings, Models = end.Models };
        AtomicFile.Write(Path.Combine(folder, RunRecord.File), RunRecord.ToBytes(ended));
        return ValueTask.CompletedTask;
    }
}
