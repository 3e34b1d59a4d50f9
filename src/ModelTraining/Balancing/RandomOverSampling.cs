namespace ModelTraining;

/// <summary>Draws rows again.</summary>
internal sealed class RandomOverSampling(RandomSamplingOptions options) : BalanceMethod
{
    internal override string Name => "Resample.RandomOver";

    internal override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    private SamplingRule Rule => SamplingRule.Over(options.Strategy, Name);

    internal override IEnumerable<Problem> Validate() => Rule.Validate();

    internal override IEnumerable<Problem> Validate(Target target) => Rule.Validate(target);

    internal override void Apply(BalancedRows rows, BalanceContext context)
    {
        var added = Rule.Added(rows);
        var all = new List<int>(rows.Rows);
        for (var i = 0; i < added.Length; i++)
        {
            var members = rows.Of(i);
            for (var drawn = 0; drawn < added[i]; drawn++) all.Add(members[context.Random.Next(members.Length)]);
        }

        rows.Rows = [.. all];
    }
}
