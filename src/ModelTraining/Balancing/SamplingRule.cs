using System.Globalization;

namespace ModelTraining;

/// <summary>What a <see cref="SamplingStrategy"/> means to a method that adds rows, drops them, or cleans.</summary>
internal sealed class SamplingRule
{
    private readonly SamplingStrategy _strategy;
    private readonly string _method;
    private readonly bool _cleans;
    private readonly SampledClasses _auto;
    private readonly SampledClasses? _senseless;

    private SamplingRule(SamplingStrategy strategy, string method, SampledClasses auto, SampledClasses? senseless, bool cleans) =>
        (_strategy, _method, _auto, _senseless, _cleans) = (strategy, method, auto, senseless, cleans);

    public static SamplingRule Over(SamplingStrategy strategy, string method) => new(strategy, method, SampledClasses.NotMajority, SampledClasses.Majority, false);

    public static SamplingRule Under(SamplingStrategy strategy, string method) => new(strategy, method, SampledClasses.NotMinority, SampledClasses.Minority, false);

    public static SamplingRule Cleaning(SamplingStrategy strategy, string method) => new(strategy, method, SampledClasses.NotMinority, null, true);

    public IEnumerable<Problem> Validate()
    {
        if (_cleans && (_strategy.WantedRatio is not null || _strategy.WantedCounts is not null)) yield return Wrong("name classes, such as SamplingStrategy.All: how many rows it drops is not for choice");
        else if (_strategy.WantedRatio is { } ratio && !(ratio > 0 && ratio <= 1)) yield return Wrong("have a ratio in (0, 1]");
        else if (_strategy.WantedCounts is { } counts && (counts.Count == 0 || counts.Values.Any(count => count < 1))) yield return Wrong("name at least one class, with at least 1 row each");
        else if (_strategy.Classes == _senseless) yield return Wrong(_senseless == SampledClasses.Majority ? "not be for the largest class, to whose rows others are brought" : "not be for the smallest class, to whose rows others are brought");
    }

    public IEnumerable<Problem> Validate(Target target)
    {
        if (_strategy.WantedRatio is not null && target.Classes.Count != 2)
        {
            yield return new Problem("MT1933", $"The 'Strategy' option of {_method} is a ratio, which is of two classes, and label '{target.Column}' has {target.Classes.Count}. Say SamplingStrategy.Counts.");
        }

        foreach (var name in _strategy.WantedCounts?.Keys ?? [])
        {
            if (!target.Classes.Contains(name)) yield return new Problem("MT1934", $"The 'Strategy' option of {_method} names a class '{name}' that label '{target.Column}' does not have. {NearestNames.Sentence(name, target.Classes)}");
        }
    }

    /// <summary>How many rows each class is to get.</summary>
    /// <exception cref="ModelTrainingException">MT2673: a class has more than it is to have.</exception>
    public int[] Added(BalancedRows rows)
    {
        var counts = rows.Counts();
        var wanted = Wanted(rows, counts, least: false);
        return [.. counts.Select((count, i) => wanted[i] >= count ? wanted[i] - count : throw Unreachable(rows, i, count, wanted[i], "Under-sampling drops rows"))];
    }

    /// <summary>How many rows each class keeps.</summary>
    /// <exception cref="ModelTrainingException">MT2673: a class has fewer than it is to have.</exception>
    public int[] Kept(BalancedRows rows)
    {
        var counts = rows.Counts();
        var wanted = Wanted(rows, counts, least: true);
        return [.. counts.Select((count, i) => wanted[i] <= count ? wanted[i] : throw Unreachable(rows, i, count, wanted[i], "Over-sampling adds rows"))];
    }

    /// <summary>Of each class whether its rows may be dropped.</summary>
    public bool[] Chosen(int[] counts)
    {
        var classes = _strategy.Classes == SampledClasses.Auto ? _auto : _strategy.Classes;
        var (minority, majority) = (Minority(counts), Majority(counts));
        return [.. counts.Select((count, i) => count > 0 && classes switch
        {
            SampledClasses.Minority => i == minority,
            SampledClasses.NotMinority => i != minority,
            SampledClasses.Majority => i == majority,
            SampledClasses.NotMajority => i != majority,
            _ => true,
        })];
    }

    private int[] Wanted(BalancedRows rows, int[] counts, bool least)
    {
        if (counts.All(count => count == 0)) return counts;
        var (minority, majority) = (Minority(counts), Majority(counts));
        var wanted = (int[])counts.Clone();
        if (_strategy.WantedRatio is { } ratio)
        {
            if (least) wanted[majority] = (int)(counts[minority] / ratio);
            else wanted[minority] = (int)(ratio * counts[majority]);
        }
        else if (_strategy.WantedCounts is { } named)
        {
            foreach (var (name, count) in named)
            {
                var i = rows.Classes.ToList().IndexOf(name);
                wanted[i] = counts[i] > 0 ? count : throw Unreachable(rows, i, 0, count, "Stratified splits give each class training rows");
            }
        }
        else
        {
            foreach (var (i, chosen) in Chosen(counts).Index()) if (chosen) wanted[i] = counts[least ? minority : majority];
        }

        return wanted;
    }

    /// <summary>The class of the fewest rows that has any, the first of equals; another than the largest one where there is any other.</summary>
    private static int Minority(int[] counts)
    {
        var (minority, majority) = (-1, Majority(counts));
        for (var i = 0; i < counts.Length; i++) if (i != majority && counts[i] > 0 && (minority < 0 || counts[i] < counts[minority])) minority = i;
        return minority < 0 ? majority : minority;
    }

    private static int Majority(int[] counts) => Array.IndexOf(counts, counts.Max());

    private Problem Wrong(string must) => new("MT1932", $"The 'Strategy' option of {_method} must {must}. Got {_strategy}.");

    private ModelTrainingException Unreachable(BalancedRows rows, int @class, int count, int wanted, string instead) => new("MT2673", string.Create(CultureInfo.InvariantCulture,
        $"Class '{rows.Classes[@class]}' of '{rows.Label}' has {count} training rows, and by the 'Strategy' option of {_method} ({_strategy}) it would have {wanted} afterwards. {instead}; or change the strategy."));
}
