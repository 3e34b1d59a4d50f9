namespace ModelTraining.Tests.Pipelines;

/// <summary>A clock that others move, and that rings its timers.</summary>
internal class ManualClock : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(_ticks);

    public void Advance(TimeSpan time)
    {
        _ticks += time.Ticks;
        foreach (var timer in _timers.ToList()) timer.RingAt(_ticks);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    private sealed class Timer(ManualClock clock, Action ring) : ITimer
    {
        private long? _due;
        private TimeSpan _period;

        public void RingAt(long now)
        {
            if (_due is not { } due || now < due) return;
            _due = _period > TimeSpan.Zero ? now + _period.Ticks : null;
            ring();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (_due, _period) = (dueTime == Timeout.InfiniteTimeSpan ? null : clock._ticks + dueTime.Ticks, period);
            return true;
        }

        public void Dispose() => clock._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
