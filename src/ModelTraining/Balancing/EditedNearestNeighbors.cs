namespace ModelTraining;

/// <summary>Drops rows that do not agree in class with their nearest neighbours.</summary>
internal sealed class EditedNearestNeighbors(EditedNearestNeighborsOptions options) : BalanceMethod
{
    internal override string Name => "Resample.EditedNearestNeighbors";

    internal override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    internal override bool ComparesRows => true;

    private SamplingRule Rule => SamplingRule.Cleaning(options.Strategy, Name);

    internal override IEnumerable<Problem> Validate() => [.. Rule.Validate(), .. NeighborRule.Validate(Name, nameof(EditedNearestNeighborsOptions.Neighbors), options.Neighbors)];

    internal override void Apply(BalancedRows rows, BalanceContext context)
    {
        NeighborRule.CheckAll(rows, Name, nameof(EditedNearestNeighborsOptions.Neighbors), options.Neighbors);
        var cleaned = Rule.Chosen(rows.Counts());
        var surroundings = new Surroundings(rows, new FeatureSpace(rows, context.Features, Name), context);
        var asked = surroundings.PositionsOf(@class => cleaned[@class]);
        var nearest = surroundings.Nearest(asked, options.Neighbors);
        var dropped = new bool[rows.Rows.Length];
        var votes = new int[rows.Classes.Count];
        for (var i = 0; i < asked.Length; i++)
        {
            Array.Clear(votes);
            foreach (var other in nearest.AsSpan(i * options.Neighbors, options.Neighbors)) votes[surroundings.Class(other)]++;
            var own = votes[surroundings.Class(asked[i])];
            dropped[asked[i]] = options.ByMajority ? votes.Max() > own : own < options.Neighbors;
        }

        NeighborRule.Drop(rows, dropped, Name);
    }
}
