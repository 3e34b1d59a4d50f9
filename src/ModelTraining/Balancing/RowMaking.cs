namespace ModelTraining;

/// <summary>SMOTE and its kin: rows on segments between a row of a class and one of its nearest neighbours there. They differ in where segments begin, and in what becomes of categories.</summary>
/// <param name="strategy">Which classes, and how many rows they get.</param>
/// <param name="neighbors">How many nearest neighbours of its class a row is joined with one of.</param>
internal abstract class RowMaking(SamplingStrategy strategy, int neighbors) : BalanceMethod
{
    private const int ShownFeatures = 3;

    internal override bool ComparesRows => true;

    private SamplingRule Rule => SamplingRule.Over(strategy, Name);

    internal override IEnumerable<Problem> Validate() => [.. Rule.Validate(), .. NeighborRule.Validate(Name, nameof(SmoteOptions.Neighbors), neighbors)];

    internal override IEnumerable<Problem> Validate(Target target) => Rule.Validate(target);

    internal sealed override void Apply(BalancedRows rows, BalanceContext context)
    {
        var added = Rule.Added(rows);
        var space = Space(rows, context);
        var all = new List<int>(rows.Rows);
        for (var i = 0; i < added.Length; i++)
        {
            if (added[i] == 0) continue;
            var members = rows.Of(i);
            NeighborRule.CheckClass(rows, i, members.Length, Name, neighbors);
            var group = new ClassOfRows(members, space.Points(members), neighbors, context);
            var beginnings = Beginnings(rows, space, i, added[i], context);
            for (var member = 0; member < members.Length; member++)
            {
                for (var draw = 0; draw < beginnings.Times[member]; draw++) all.Add(Make(rows, space, group, member, beginnings, context.Random));
            }
        }

        rows.Rows = [.. all];
    }

    /// <summary>Where distances are measured. Between categories there is nothing to make a row of.</summary>
    /// <exception cref="ModelTrainingException">MT2672: a feature is nominal.</exception>
    protected virtual FeatureSpace Space(BalancedRows rows, BalanceContext context)
    {
        var space = new FeatureSpace(rows, context.Features, Name);
        if (space.Nominal.Count == 0) return space;
        var names = space.Nominal.Take(ShownFeatures).Select(group => $"'{rows.Features[group[0]].Name}'{(group.Count > 1 ? $" to '{rows.Features[group[^1]].Name}'" : "")}").ToList();
        var more = space.Nominal.Count > ShownFeatures ? $" and {space.Nominal.Count - ShownFeatures} more" : "";
        throw new ModelTrainingException("MT2672", $"{Name} makes rows between others, and there is nothing between categories: {string.Join(", ", names)}{more}. Take Resample.SmoteNc, which gives such features the value that most neighbours have.");
    }

    /// <summary>How often each row of a class begins a segment. Here: as often as any other, but for one.</summary>
    protected virtual SegmentBeginnings Beginnings(BalancedRows rows, FeatureSpace space, int @class, int added, BalanceContext context) =>
        new(EvenDraw.Times(rows.Of(@class).Length, added, context.Random));

    /// <summary>Makes a row.</summary>
    protected virtual int Make(BalancedRows rows, FeatureSpace space, ClassOfRows group, int member, SegmentBeginnings beginnings, SeededRandom random)
    {
        var choice = random.Next(neighbors + (beginnings.Foreign is null ? 0 : 1));
        var gap = random.NextDouble();
        return choice < neighbors ? rows.Between(group.Rows[member], group.Neighbor(member, choice), gap) : rows.Between(group.Rows[member], beginnings.Foreign![member], gap / 2);
    }
}
