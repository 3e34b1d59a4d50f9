namespace ModelTraining;

/// <summary>Drops rows that are nearest neighbours of each other and of different classes.</summary>
internal sealed class TomekLinks(TomekLinksOptions options) : RowCleaning(options.Strategy)
{
    internal override string Name => "Resample.TomekLinks";

    internal override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    internal override void Apply(BalancedRows rows, BalanceContext context)
    {
        if (rows.Rows.Length > 1) base.Apply(rows, context);
    }

    protected override IEnumerable<int> Dropped(Surroundings surroundings, int[] positions)
    {
        var nearest = surroundings.Nearest();
        return positions.Where(position => nearest[nearest[position]] == position && surroundings.Class(nearest[position]) != surroundings.Class(position));
    }
}
