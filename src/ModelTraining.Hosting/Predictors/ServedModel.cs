namespace ModelTraining;

/// <summary>A model that is let go once the service has replaced it and the last call is done with it.</summary>
internal sealed class ServedModel(Predictor predictor, Action letGo)
{
    // The service counts as one until it leaves.
    private int _users = 1;

    public Predictor Predictor => predictor;

    /// <summary>Keeps the model until <see cref="Leave"/>; false when it was let go already.</summary>
    public bool TryEnter()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users) return true;
            users = seen;
        }

        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) > 0) return;
        predictor.Dispose();
        letGo();
    }
}
