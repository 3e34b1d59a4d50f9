using System.Globalization;

namespace ModelTraining;

/// <summary>Takes each row with the same chance, whatever becomes of the others (a Bernoulli sample).</summary>
internal sealed class RandomShare(double share, SeededRandom random) : RowSampler
{
    public override string? Says(int rows) => string.Create(CultureInfo.InvariantCulture, $"{rows:N0} of {Seen:N0} rows are taken, drawn at random with a chance of {share} each");

    protected override bool Draw() => random.NextDouble() < share;
}
