namespace ModelTraining.Tests.Tracking;

/// <summary>A tracker that keeps calls in a list, and fails where it is told to.</summary>
internal sealed class ListTracker(string failAt = "") : IRunTracker, ITrackedRun
{
    public List<string> Calls { get; } = [];

    public RunEnd? End { get; private set; }

    public ValueTask<ITrackedRun> StartAsync(RunStart start, CancellationToken cancellationToken = default)
    {
        Note("start");
        return new(this);
    }

    public void Log(RunMetric metric) => Note(metric.Step is null ? "metric" : "step");

    public ValueTask AddArtifactAsync(string name, Stream content, CancellationToken cancellationToken = default)
    {
        Note("artifact");
        return ValueTask.CompletedTask;
    }

    public ValueTask EndAsync(RunEnd end, CancellationToken cancellationToken = default)
    {
        Note("end");
        End = end;
        return ValueTask.CompletedTask;
    }

    private void Note(string call)
    {
        Calls.Add(call);
        if (call == failAt) throw new TimeoutException("Nobody answers.");
    }
}
