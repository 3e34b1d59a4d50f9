using ModelTraining.Onnx;

namespace ModelTraining.Torch;

/// <summary>
/// Where a graph is cut into segments so that training keeps the least: what goes from one segment to another, and the inside of one segment at a time
/// (Chen et al., "Training Deep Nets with Sublinear Memory Cost", 2016). A budget for a segment is tried for each number of segments.
/// </summary>
internal sealed class SegmentPlan
{
    private const int MostSegments = 48;

    private static readonly HashSet<string> Views = ["Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Expand", "Identity"];

    private readonly (int Made, int Used, long Bytes)[] _lives;
    private readonly long[] _own, _across;

    private SegmentPlan(SizedGraph sized)
    {
        Node[] nodes = [.. sized.Graph.Nodes];
        var lives = new Dictionary<string, (int Made, int Used)>(StringComparer.Ordinal);
        for (var i = 0; i < nodes.Length; i++)
        {
            foreach (var name in Graph.Uses(nodes[i])) if (lives.TryGetValue(name, out var life)) lives[name] = life with { Used = i };
            foreach (var name in nodes[i].Outputs.Where(name => name.Length > 0)) lives[name] = (i, i);
        }

        _lives = [.. lives.Select(pair => (pair.Value.Made, pair.Value.Used, Bytes(sized, pair.Key)))];
        _own = new long[nodes.Length];
        _across = new long[nodes.Length + 1];
        foreach (var (made, used, bytes) in _lives)
        {
            if (!Views.Contains(nodes[made].OpType)) _own[made] += bytes;
            for (var cut = made + 1; cut <= used; cut++) _across[cut] += bytes;
        }
    }

    /// <summary>The nodes, by their places, before which the graph is cut, in their order; none where cuts would not make what is kept less.</summary>
    /// <param name="sized">The graph.</param>
    /// <param name="last">The node that makes the loss: no cut is after it.</param>
    public static IReadOnlyList<int> Of(SizedGraph sized, int last)
    {
        var plan = new SegmentPlan(sized);
        var best = (Cost: plan._own.Sum(), Cuts: (IReadOnlyList<int>)[]);
        for (var segments = 2; segments <= Math.Min(MostSegments, last); segments++)
        {
            var cuts = plan.Cuts(plan._own.Sum() / segments, last);
            var cost = plan.Cost(cuts);
            if (cost < best.Cost) best = (cost, cuts);
        }

        return best.Cuts;
    }

    /// <summary>In the second half of each budget, before the node across which the least goes on.</summary>
    private List<int> Cuts(long budget, int last)
    {
        var cuts = new List<int>();
        var (sum, place, least) = (0L, -1, long.MaxValue);
        for (var i = 0; i <= last; i++)
        {
            if (sum >= budget / 2 && _across[i] <= least) (place, least) = (i, _across[i]);
            sum += _own[i];
            if (sum < budget || place < 0) continue;
            cuts.Add(place);
            // On from the cut.
            sum = 0;
            for (var j = place; j <= i; j++) sum += _own[j];
            (place, least) = (-1, long.MaxValue);
        }

        return cuts;
    }

    private long Cost(List<int> cuts)
    {
        var kept = _lives.Where(life => cuts.Exists(cut => life.Made < cut && life.Used >= cut)).Sum(life => life.Bytes);
        int[] ends = [0, .. cuts, _own.Length];
        return kept + Enumerable.Range(0, ends.Length - 1).Max(i => _own[ends[i]..ends[i + 1]].Sum());
    }

    private static long Bytes(SizedGraph sized, string name)
    {
        if (sized.Numbers(name) is not null || sized.Shape(name) is not { } shape) return 0;
        var size = sized.Graph[name].Type switch { ElementType.Bool or ElementType.UInt8 or ElementType.Int8 => 1, ElementType.Int64 or ElementType.Double => 8, _ => 4 };
        return shape.Aggregate((long)size, (product, length) => product * length);
    }
}
