namespace ModelTraining;

/// <summary>Rows on segments between a class's neighbours; of nominal features the value that most neighbours have.</summary>
internal sealed class SmoteNc(SmoteNcOptions options) : BalanceMethod
{
    internal override string Name => "Resample.SmoteNc";

    internal override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    internal override bool ComparesRows => true;

    private SamplingRule Rule => SamplingRule.Over(options.Strategy, Name);

    internal override IEnumerable<Problem> Validate() => [.. Rule.Validate(), .. NeighborRule.Validate(Name, nameof(SmoteNcOptions.Neighbors), options.Neighbors)];

    internal override IEnumerable<Problem> Validate(Target target) => Rule.Validate(target);

    internal override void Apply(BalancedRows rows, BalanceContext context)
    {
        var added = Rule.Added(rows);
        var space = new FeatureSpace(rows, context.Features, Name, options.Nominal);
        var all = new List<int>(rows.Rows);
        for (var i = 0; i < added.Length; i++)
        {
            if (added[i] == 0) continue;
            var members = rows.Of(i);
            NeighborRule.CheckClass(rows, i, members.Length, Name, options.Neighbors);
            var group = new ClassOfRows(members, space.Points(members), options.Neighbors, context);
            foreach (var (member, times) in EvenDraw.Times(members.Length, added[i], context.Random).Index())
            {
                if (times == 0) continue;
                int[] donors = [.. space.Nominal.Select(nominal => MostFrequent(rows, nominal, group, member))];
                for (var draw = 0; draw < times; draw++)
                {
                    all.Add(rows.Between(members[member], group.Neighbor(member, context.Random.Next(options.Neighbors)), context.Random.NextDouble()));
                    for (var j = 0; j < donors.Length; j++) foreach (var feature in space.Nominal[j]) rows.CopyValue(feature, donors[j]);
                }
            }
        }

        rows.Rows = [.. all];
    }

    /// <summary>A neighbour that has the category of most of them, the nearest of these, and of equally frequent categories that of the nearest row.</summary>
    private static int MostFrequent(BalancedRows rows, IReadOnlyList<int> nominal, ClassOfRows group, int member)
    {
        var (most, donor) = (0, -1);
        foreach (var candidate in group.Neighbors(member))
        {
            var count = group.Neighbors(member).Count(other => nominal.All(feature => rows.Value(feature, other).Equals(rows.Value(feature, candidate))));
            if (count > most) (most, donor) = (count, candidate);
        }

        return donor;
    }
}
