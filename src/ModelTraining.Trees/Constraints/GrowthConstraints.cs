namespace ModelTraining;

/// <summary>What a tree may not do: run against a feature's direction, or split by features together that do not belong together.</summary>
internal sealed class GrowthConstraints
{
    private readonly sbyte[] _directions;
    private readonly bool[][] _groups;

    private GrowthConstraints(sbyte[] directions, bool[][] groups) => (_directions, _groups, HasDirections) = (directions, groups, directions.Any(direction => direction != 0));

    /// <summary>Whether predictions have to rise or fall with any feature.</summary>
    public bool HasDirections { get; }

    /// <summary>The constraints that options name, by the matrix's columns; null where there are none.</summary>
    public static GrowthConstraints? Of(GradientBoostingOptions options, IReadOnlyList<FeatureInfo> features, BinMatrix matrix)
    {
        if (options.MonotoneIncreasing.Count + options.MonotoneDecreasing.Count + options.InteractionGroups.Count == 0) return null;
        string NameOf(BinColumn column) => features[column.Feature.Feature].Name;
        var directions = Array.ConvertAll(matrix.Columns, column => (sbyte)(options.MonotoneIncreasing.Contains(NameOf(column)) ? 1 : options.MonotoneDecreasing.Contains(NameOf(column)) ? -1 : 0));
        var groups = options.InteractionGroups.Select(group => Array.ConvertAll(matrix.Columns, column => group.Contains(NameOf(column)))).ToList();
        if (groups.Count > 0) groups.Add(Array.ConvertAll(matrix.Columns, column => !options.InteractionGroups.Any(group => group.Contains(NameOf(column)))));
        return new GrowthConstraints(directions, [.. groups]);
    }

    /// <summary>1 where predictions rise with a column, −1 where they fall, else 0.</summary>
    public int DirectionOf(int column) => _directions[column];

    /// <summary>Passes on to the children of a split leaf what holds for them.</summary>
    public void Pass(GrowingLeaf leaf, GrowingLeaf left, GrowingLeaf right, in SplitRules rules)
    {
        var column = leaf.Best.Column;
        var (lower, upper) = (leaf.Lower, leaf.Upper);
        var middle = (leaf.ValueOf(left.Sum, rules) + leaf.ValueOf(right.Sum, rules)) / 2;
        (left.Lower, left.Upper) = _directions[column] switch { > 0 => (lower, middle), < 0 => (middle, upper), _ => (lower, upper) };
        (right.Lower, right.Upper) = _directions[column] switch { > 0 => (middle, upper), < 0 => (lower, middle), _ => (lower, upper) };
        if (_groups.Length == 0) return;
        // The groups that hold all features from the root down, and what else these hold.
        var groups = new bool[_groups.Length];
        var allowed = new bool[_directions.Length];
        for (var group = 0; group < groups.Length; group++)
        {
            groups[group] = (leaf.Groups is null || leaf.Groups[group]) && _groups[group][column];
            for (var i = 0; groups[group] && i < allowed.Length; i++) allowed[i] |= _groups[group][i];
        }

        (left.Groups, left.Allowed, right.Groups, right.Allowed) = (groups, allowed, groups, allowed);
    }
}
