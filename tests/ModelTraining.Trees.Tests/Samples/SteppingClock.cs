namespace ModelTraining.Tests;

/// <summary>A clock on which each look at it takes a second, so that nothing is too quick to be reported.</summary>
internal sealed class SteppingClock : TimeProvider
{
    private long _seconds;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => Interlocked.Increment(ref _seconds);
}
