namespace ModelTraining;

/// <summary>Rows on segments between a class's neighbours.</summary>
internal sealed class Smote(SmoteOptions options) : BalanceMethod
{
    internal override string Name => "Resample.Smote";

    internal override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    internal override bool ComparesRows => true;

    private SamplingRule Rule => SamplingRule.Over(options.Strategy, Name);

    internal override IEnumerable<Problem> Validate() => [.. Rule.Validate(), .. NeighborRule.Validate(Name, nameof(SmoteOptions.Neighbors), options.Neighbors)];

    internal override IEnumerable<Problem> Validate(Target target) => Rule.Validate(target);

    internal override void Apply(BalancedRows rows, BalanceContext context)
    {
        var added = Rule.Added(rows);
        var space = new FeatureSpace(rows, context.Features, Name);
        Quantities.Check(space, rows, Name);
        var all = new List<int>(rows.Rows);
        for (var i = 0; i < added.Length; i++)
        {
            if (added[i] == 0) continue;
            var members = rows.Of(i);
            NeighborRule.CheckClass(rows, i, members.Length, Name, options.Neighbors);
            var group = new ClassOfRows(members, space.Points(members), options.Neighbors, context);
            foreach (var (member, times) in EvenDraw.Times(members.Length, added[i], context.Random).Index())
            {
                for (var draw = 0; draw < times; draw++) all.Add(rows.Between(members[member], group.Neighbor(member, context.Random.Next(options.Neighbors)), context.Random.NextDouble()));
            }
        }

        rows.Rows = [.. all];
    }
}
