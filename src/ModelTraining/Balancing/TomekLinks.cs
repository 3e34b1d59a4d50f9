namespace ModelTraining;

/// <summary>Drops rows that are nearest neighbours of each other and of different classes.</summary>
internal sealed class TomekLinks(TomekLinksOptions options) : BalanceMethod
{
    internal override string Name => "Resample.TomekLinks";

    internal override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    internal override bool ComparesRows => true;

    private SamplingRule Rule => SamplingRule.Cleaning(options.Strategy, Name);

    internal override IEnumerable<Problem> Validate() => Rule.Validate();

    internal override void Apply(BalancedRows rows, BalanceContext context)
    {
        if (rows.Rows.Length < 2) return;
        var cleaned = Rule.Chosen(rows.Counts());
        var surroundings = new Surroundings(rows, new FeatureSpace(rows, context.Features, Name), context);
        var nearest = surroundings.Nearest(1);
        var dropped = new bool[rows.Rows.Length];
        for (var position = 0; position < dropped.Length; position++)
        {
            var isLink = nearest[nearest[position]] == position && surroundings.Class(nearest[position]) != surroundings.Class(position);
            dropped[position] = isLink && cleaned[surroundings.Class(position)];
        }

        NeighborRule.Drop(rows, dropped, Name);
    }
}
