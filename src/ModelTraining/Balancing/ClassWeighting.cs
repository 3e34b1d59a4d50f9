using System.Globalization;

namespace ModelTraining;

/// <summary>Multiplies the weights of classes' rows.</summary>
/// <param name="given">The weights by class; null for balanced ones.</param>
internal sealed class ClassWeighting(IReadOnlyDictionary<string, double>? given) : BalanceMethod
{
    internal override string Name => given is null ? "ClassWeights.Balanced" : "ClassWeights.Of";

    internal override IReadOnlyList<OptionValue> Options => given is null ? [] : [.. given.Select(pair => new OptionValue(pair.Key, pair.Value.ToString(CultureInfo.InvariantCulture), false))];

    internal override IEnumerable<Problem> Validate()
    {
        foreach (var (name, weight) in given ?? new Dictionary<string, double>())
        {
            if (!(weight > 0 && double.IsFinite(weight))) yield return new Problem("MT1935", string.Create(CultureInfo.InvariantCulture, $"ClassWeights.Of gives class '{name}' the weight {weight}; it must be a finite number above 0. To leave a class out, drop its rows."));
        }
    }

    internal override IEnumerable<Problem> Validate(Target target)
    {
        foreach (var name in given?.Keys ?? [])
        {
            if (!target.Classes.Contains(name)) yield return new Problem("MT1934", $"ClassWeights.Of names a class '{name}' that label '{target.Column}' does not have. {NearestNames.Sentence(name, target.Classes)}");
        }
    }

    internal override void Apply(BalancedRows rows, BalanceContext context)
    {
        var counts = rows.Counts();
        var present = counts.Count(count => count > 0);
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0) rows.ClassFactors[i] *= given is null ? (double)rows.Rows.Length / ((double)present * counts[i]) : given.GetValueOrDefault(rows.Classes[i], 1);
        }
    }
}
