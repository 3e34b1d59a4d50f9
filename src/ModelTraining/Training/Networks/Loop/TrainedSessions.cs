namespace ModelTraining;

/// <summary>
/// The session of a training whose weights thaw by and by: one at a time, of the weights that are trained then, so that those that wait take neither time nor memory.
/// What was learned goes from each to the next.
/// </summary>
/// <param name="phases">The graph from an epoch on, from 0, with the weights that are trained then.</param>
/// <param name="compile">Makes a session.</param>
internal sealed class TrainedSessions(IReadOnlyList<(int Epoch, TrainingGraph Graph)> phases, Func<TrainingGraph, ITrainingSession> compile) : IDisposable
{
    private ITrainingSession? _current;
    private int _phase = -1;

    /// <summary>The session of the epoch that was entered.</summary>
    public ITrainingSession Current => _current ?? throw new InvalidOperationException("No epoch was entered.");

    /// <summary>The epoch, until and with <paramref name="epoch"/>, in which weights thawed last; 0 where none did.</summary>
    public int ThawedIn(int epoch) => phases[PhaseOf(epoch)].Epoch;

    /// <summary>Makes the session of an epoch the current one.</summary>
    public ITrainingSession Enter(int epoch)
    {
        var phase = PhaseOf(epoch);
        if (phase == _phase) return Current;
        var learned = _current?.CopyAll();
        _current?.Dispose();
        (_phase, _current) = (-1, null);
        var next = compile(phases[phase].Graph);
        (_phase, _current) = (phase, next);
        foreach (var tensor in next.Tensors) if (learned is not null && learned.TryGetValue(tensor.Name, out var values)) next.Write(tensor.Name, values);
        return next;
    }

    public void Dispose() => _current?.Dispose();

    private int PhaseOf(int epoch)
    {
        var phase = 0;
        while (phase + 1 < phases.Count && phases[phase + 1].Epoch <= epoch) phase++;
        return phase;
    }
}
