using System.Globalization;

namespace ModelTraining;

/// <summary>SMOTE from rows in danger.</summary>
internal sealed class BorderlineSmote(BorderlineSmoteOptions options) : BalanceMethod
{
    internal override string Name => "Resample.BorderlineSmote";

    internal override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    internal override bool ComparesRows => true;

    private SamplingRule Rule => SamplingRule.Over(options.Strategy, Name);

    internal override IEnumerable<Problem> Validate() =>
    [
        .. Rule.Validate(), .. NeighborRule.Validate(Name, nameof(BorderlineSmoteOptions.Neighbors), options.Neighbors),
        .. NeighborRule.Validate(Name, nameof(BorderlineSmoteOptions.DangerNeighbors), options.DangerNeighbors),
    ];

    internal override IEnumerable<Problem> Validate(Target target) => Rule.Validate(target);

    internal override void Apply(BalancedRows rows, BalanceContext context)
    {
        var added = Rule.Added(rows);
        var space = new FeatureSpace(rows, context.Features, Name);
        Quantities.Check(space, rows, Name);
        NeighborRule.CheckAll(rows, Name, nameof(BorderlineSmoteOptions.DangerNeighbors), options.DangerNeighbors);
        var surroundings = new Surroundings(rows, space, context);
        var all = new List<int>(rows.Rows);
        for (var i = 0; i < added.Length; i++)
        {
            if (added[i] == 0) continue;
            var positions = surroundings.PositionsOf(@class => @class == i);
            NeighborRule.CheckClass(rows, i, positions.Length, Name, options.Neighbors);
            var danger = Danger(surroundings.Foreign(positions, options.DangerNeighbors), options.DangerNeighbors);
            if (danger.Length == 0) throw NoneInDanger(rows, i);
            int[] foreign = options.Kind == BorderlineKind.One ? [] : surroundings.Nearest([.. danger.Select(member => positions[member])], surroundings.PositionsOf(@class => @class != i));
            var group = new ClassOfRows([.. positions.Select(position => rows.Rows[position])], surroundings.Points(positions), options.Neighbors, context);
            foreach (var (member, times) in EvenDraw.Times(danger.Length, added[i], context.Random).Index())
            {
                for (var draw = 0; draw < times; draw++)
                {
                    var choice = context.Random.Next(options.Neighbors + (foreign.Length > 0 ? 1 : 0));
                    var gap = context.Random.NextDouble();
                    all.Add(choice < options.Neighbors
                        ? rows.Between(group.Rows[danger[member]], group.Neighbor(danger[member], choice), gap)
                        : rows.Between(group.Rows[danger[member]], rows.Rows[foreign[member]], gap / 2));
                }
            }
        }

        rows.Rows = [.. all];
    }

    /// <summary>The rows of whose neighbours at least half, but not all, are of other classes; where all are, a row is noise.</summary>
    public static int[] Danger(int[] foreign, int neighbors) => [.. Enumerable.Range(0, foreign.Length).Where(member => 2 * foreign[member] >= neighbors && foreign[member] < neighbors)];

    private ModelTrainingException NoneInDanger(BalancedRows rows, int @class) => new("MT2674", string.Create(CultureInfo.InvariantCulture,
        $"No row of class '{rows.Classes[@class]}' of '{rows.Label}' is in danger: of none are at least half, but not all, of the {options.DangerNeighbors} nearest rows of other classes, so {Name} has nothing to begin from. Take Resample.Smote, or change 'DangerNeighbors'."));
}
