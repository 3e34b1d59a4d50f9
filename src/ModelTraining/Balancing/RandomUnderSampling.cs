namespace ModelTraining;

/// <summary>Draws some of the rows, and drops the others.</summary>
internal sealed class RandomUnderSampling(RandomSamplingOptions options) : BalanceMethod
{
    internal override string Name => "Resample.RandomUnder";

    internal override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    private SamplingRule Rule => SamplingRule.Under(options.Strategy, Name);

    internal override IEnumerable<Problem> Validate() => Rule.Validate();

    internal override IEnumerable<Problem> Validate(Target target) => Rule.Validate(target);

    internal override void Apply(BalancedRows rows, BalanceContext context)
    {
        var kept = Rule.Kept(rows);
        var all = new List<int>();
        for (var i = 0; i < kept.Length; i++)
        {
            var members = rows.Of(i);
            if (kept[i] < members.Length) context.Random.Shuffle<int>(members);
            all.AddRange(members.AsSpan(0, kept[i]));
        }

        rows.Rows = [.. all];
    }
}
