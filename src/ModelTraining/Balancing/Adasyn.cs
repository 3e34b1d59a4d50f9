using System.Globalization;

namespace ModelTraining;

/// <summary>SMOTE that begins the more often from a row, the more of its neighbours are of other classes.</summary>
internal sealed class Adasyn(SmoteOptions options) : BalanceMethod
{
    internal override string Name => "Resample.Adasyn";

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
        var surroundings = new Surroundings(rows, space, context);
        var all = new List<int>(rows.Rows);
        for (var i = 0; i < added.Length; i++)
        {
            if (added[i] == 0) continue;
            var positions = surroundings.PositionsOf(@class => @class == i);
            NeighborRule.CheckClass(rows, i, positions.Length, Name, options.Neighbors);
            var times = Times(surroundings.Foreign(positions, options.Neighbors), added[i]) ?? throw NoneNearOthers(rows, i);
            var group = new ClassOfRows([.. positions.Select(position => rows.Rows[position])], surroundings.Points(positions), options.Neighbors, context);
            for (var member = 0; member < times.Length; member++)
            {
                for (var draw = 0; draw < times[member]; draw++) all.Add(rows.Between(group.Rows[member], group.Neighbor(member, context.Random.Next(options.Neighbors)), context.Random.NextDouble()));
            }
        }

        rows.Rows = [.. all];
    }

    /// <summary>How often each row is begun from: its share of all neighbours of other classes, of the rows that are to be added. Null where there are no such neighbours.</summary>
    public static int[]? Times(int[] foreign, int added)
    {
        var total = foreign.Sum(count => (long)count);
        return total == 0 ? null : Array.ConvertAll(foreign, count => (int)Math.Round((double)count / total * added));
    }

    private ModelTrainingException NoneNearOthers(BalancedRows rows, int @class) => new("MT2674", string.Create(CultureInfo.InvariantCulture,
        $"No row of class '{rows.Classes[@class]}' of '{rows.Label}' has one of another class among its {options.Neighbors} nearest, so {Name} has nothing to begin from. Take Resample.Smote, or more 'Neighbors'."));
}
