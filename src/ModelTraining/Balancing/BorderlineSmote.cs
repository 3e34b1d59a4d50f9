using System.Globalization;

namespace ModelTraining;

/// <summary>SMOTE from rows in danger.</summary>
internal sealed class BorderlineSmote(BorderlineSmoteOptions options) : RowMaking(options.Strategy, options.Neighbors)
{
    internal override string Name => "Resample.BorderlineSmote";

    internal override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    internal override IEnumerable<Problem> Validate() => [.. base.Validate(), .. NeighborRule.Validate(Name, nameof(BorderlineSmoteOptions.DangerNeighbors), options.DangerNeighbors)];

    protected override SegmentBeginnings Beginnings(BalancedRows rows, FeatureSpace space, int @class, int added, BalanceContext context)
    {
        NeighborRule.CheckAll(rows, Name, nameof(BorderlineSmoteOptions.DangerNeighbors), options.DangerNeighbors);
        var surroundings = new Surroundings(rows, space, context);
        var positions = surroundings.PositionsOf(other => other == @class);
        var danger = Danger(surroundings.Foreign(positions, options.DangerNeighbors), options.DangerNeighbors);
        if (danger.Length == 0) throw NoneInDanger(rows, @class);
        var times = new int[positions.Length];
        foreach (var (i, count) in EvenDraw.Times(danger.Length, added, context.Random).Index()) times[danger[i]] = count;
        return new SegmentBeginnings(times, options.Kind == BorderlineKind.Two ? surroundings.NearestRows(positions, surroundings.PositionsOf(other => other != @class)) : null);
    }

    /// <summary>The rows of whose neighbours at least half, but not all, are of other classes; where all are, a row is noise.</summary>
    public static int[] Danger(int[] foreign, int neighbors) => [.. Enumerable.Range(0, foreign.Length).Where(member => 2 * foreign[member] >= neighbors && foreign[member] < neighbors)];

    private ModelTrainingException NoneInDanger(BalancedRows rows, int @class) => new("MT2674", string.Create(CultureInfo.InvariantCulture,
        $"No row of class '{rows.Classes[@class]}' of '{rows.Label}' is in danger: of none are at least half, but not all, of the {options.DangerNeighbors} nearest rows of other classes, so {Name} has nothing to begin from. Take Resample.Smote, or change 'DangerNeighbors'."));
}
