using System.Globalization;

namespace ModelTraining;

/// <summary>SMOTE that begins the more often from a row, the more of its neighbours are of other classes.</summary>
internal sealed class Adasyn(SmoteOptions options) : RowMaking(options.Strategy, options.Neighbors)
{
    internal override string Name => "Resample.Adasyn";

    internal override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    protected override SegmentBeginnings Beginnings(BalancedRows rows, FeatureSpace space, int @class, int added, BalanceContext context)
    {
        var surroundings = new Surroundings(rows, space, context);
        return new SegmentBeginnings(Times(surroundings.Foreign(surroundings.PositionsOf(other => other == @class), options.Neighbors), added) ?? throw NoneNearOthers(rows, @class));
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
