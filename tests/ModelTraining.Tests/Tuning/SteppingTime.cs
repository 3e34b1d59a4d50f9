using ModelTraining.Tests.Pipelines;

namespace ModelTraining.Tests.Tuning;

/// <summary>A second passes whenever it is looked at.</summary>
internal sealed class SteppingTime : ManualClock
{
    public override long GetTimestamp()
    {
        Advance(TimeSpan.FromSeconds(1));
        return base.GetTimestamp();
    }
}
