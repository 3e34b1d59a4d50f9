using System.Globalization;

namespace ModelTraining;

/// <summary>Methods that drop rows because of what lies near them.</summary>
/// <param name="strategy">Which classes may lose rows.</param>
internal abstract class RowCleaning(SamplingStrategy strategy) : BalanceMethod
{
    internal override bool ComparesRows => true;

    private SamplingRule Rule => SamplingRule.Cleaning(strategy, Name);

    internal override IEnumerable<Problem> Validate() => Rule.Validate();

    internal override void Apply(BalancedRows rows, BalanceContext context)
    {
        var before = rows.Counts();
        var cleaned = Rule.Chosen(before);
        var surroundings = new Surroundings(rows, new FeatureSpace(rows, context.Features, Name), context);
        var dropped = Dropped(surroundings, surroundings.PositionsOf(@class => cleaned[@class])).ToHashSet();
        rows.Rows = [.. rows.Rows.Where((_, position) => !dropped.Contains(position))];
        foreach (var (i, count) in rows.Counts().Index())
        {
            if (count == 0 && before[i] > 0) throw new ModelTrainingException("MT2676", string.Create(CultureInfo.InvariantCulture, $"{Name} would drop all {before[i]} training rows of class '{rows.Classes[i]}' of '{rows.Label}': each lies among rows of other classes. Leave the class out of its 'Strategy', or leave {Name} out."));
        }
    }

    /// <summary>The positions of the rows that go.</summary>
    /// <param name="surroundings">All rows.</param>
    /// <param name="positions">Those that may.</param>
    protected abstract IEnumerable<int> Dropped(Surroundings surroundings, int[] positions);
}
