namespace ModelTraining;

/// <summary>Remembers the best round, and says when waiting for a better one has lasted long enough.</summary>
internal sealed class EarlyStopping(int patience, double minDelta)
{
    private double _best = double.PositiveInfinity;
    private int _round;

    /// <summary>The round, from 1, of the least loss; 0 before the first.</summary>
    public int BestRound { get; private set; }

    /// <summary>Takes the loss of the next round; says whether to stop.</summary>
    public bool Stops(double loss)
    {
        _round++;
        if (BestRound == 0 || loss < _best - minDelta) (_best, BestRound) = (loss, _round);
        return _round - BestRound >= patience;
    }
}
