namespace ModelTraining;

/// <summary>Rows on segments between a class's neighbours; of nominal features the value that most neighbours have.</summary>
internal sealed class SmoteNc(SmoteNcOptions options) : RowMaking(options.Strategy, options.Neighbors)
{
    internal override string Name => "Resample.SmoteNc";

    internal override IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    protected override FeatureSpace Space(BalancedRows rows, BalanceContext context) => new(rows, context.Features, Name, options.Nominal);

    protected override int Make(BalancedRows rows, FeatureSpace space, ClassOfRows group, int member, SegmentBeginnings beginnings, SeededRandom random)
    {
        var made = base.Make(rows, space, group, member, beginnings, random);
        foreach (var nominal in space.Nominal)
        {
            var donor = MostFrequent(rows, nominal, group, member);
            foreach (var feature in nominal) rows.CopyValue(feature, donor);
        }

        return made;
    }

    /// <summary>A neighbour that has the category of most of them, the nearest of these, and of equally frequent categories that of the nearest row.</summary>
    private static int MostFrequent(BalancedRows rows, IReadOnlyList<int> nominal, ClassOfRows group, int member)
    {
        var (most, donor) = (0, -1);
        foreach (var candidate in group.Neighbors(member))
        {
            var count = group.Neighbors(member).Count(other => nominal.All(feature => rows.Value(feature, other).Equals(rows.Value(feature, candidate))));
            if (count > most) (most, donor) = (count, candidate);
        }

        return donor;
    }
}
