namespace ModelTraining;

/// <summary>Drops rows that do not agree in class with their nearest neighbours.</summary>
internal sealed class EditedNearestNeighbors(EditedNearestNeighborsOptions options) : RowCleaning(options.Strategy)
{
    internal override string Name => "Resample.EditedNearestNeighbors";

    internal override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    internal override IEnumerable<Problem> Validate() => [.. base.Validate(), .. NeighborRule.Validate(Name, nameof(EditedNearestNeighborsOptions.Neighbors), options.Neighbors)];

    internal override void Apply(BalancedRows rows, BalanceContext context)
    {
        NeighborRule.CheckAll(rows, Name, nameof(EditedNearestNeighborsOptions.Neighbors), options.Neighbors);
        base.Apply(rows, context);
    }

    protected override IEnumerable<int> Dropped(Surroundings surroundings, int[] positions)
    {
        var nearest = surroundings.Nearest(positions, options.Neighbors);
        for (var i = 0; i < positions.Length; i++)
        {
            var votes = nearest.AsSpan(i * options.Neighbors, options.Neighbors).ToArray().CountBy(surroundings.Class).ToDictionary();
            var own = votes.GetValueOrDefault(surroundings.Class(positions[i]));
            if (options.ByMajority ? votes.Values.Max() > own : own < options.Neighbors) yield return positions[i];
        }
    }
}
