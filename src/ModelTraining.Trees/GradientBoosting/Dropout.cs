namespace ModelTraining;

/// <summary>Draws the rounds that are left out, and says how they and the new one are weighed afterwards.</summary>
internal sealed class Dropout(DartOptions options, double learningRate, SeededRandom random)
{
    /// <summary>The rounds that the next is grown without, of so many; none where it is a round like any other.</summary>
    public int[] Draw(int rounds)
    {
        if (rounds == 0 || random.NextDouble() < options.SkipDrop) return [];
        var drawn = new List<int>();
        for (var round = 0; round < rounds; round++) if (random.NextDouble() < options.DropRate) drawn.Add(round);
        if (drawn.Count == 0) drawn.Add(random.Next(rounds));
        return [.. drawn];
    }

    /// <summary>What a round is multiplied by that was grown without so many others.</summary>
    public double FactorOfNew(int dropped) => dropped == 0 ? 1 : 1 / ((options.Normalization == DartNormalization.Tree ? dropped : 1) + learningRate);

    /// <summary>What the rounds are multiplied by that were left out.</summary>
    public double FactorOfDropped(int dropped)
    {
        var rounds = options.Normalization == DartNormalization.Tree ? dropped : 1;
        return rounds / (rounds + learningRate);
    }
}
