namespace ModelTraining;

/// <summary>Draws that begin from each of some rows as often, but for one.</summary>
internal static class EvenDraw
{
    /// <param name="members">How many rows there are, at least one.</param>
    /// <param name="draws">How many draws there are.</param>
    /// <param name="random">Which rows are drawn once more than others.</param>
    /// <returns>How often each row is drawn.</returns>
    public static int[] Times(int members, int draws, SeededRandom random)
    {
        var times = new int[members];
        Array.Fill(times, draws / members);
        var order = new int[members];
        for (var i = 0; i < members; i++) order[i] = i;
        random.Shuffle<int>(order);
        foreach (var member in order.AsSpan(0, draws % members)) times[member]++;
        return times;
    }
}
