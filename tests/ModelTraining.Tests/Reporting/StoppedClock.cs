namespace ModelTraining.Tests.Reporting;

/// <summary>A clock that stands still: nothing takes time.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public override long GetTimestamp() => 0;
}
