namespace ModelTraining;

/// <summary>Where the segments that rows are made on begin.</summary>
/// <param name="Times">How often each row of the class begins one.</param>
/// <param name="Foreign">For each row of the class the row of another class that its segments may lead to, too; null where they do not.</param>
internal sealed record SegmentBeginnings(int[] Times, int[]? Foreign = null);
