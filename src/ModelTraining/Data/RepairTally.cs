namespace ModelTraining;

/// <summary>Counts repairs of one kind and keeps the places of the first three.</summary>
internal sealed class RepairTally
{
    private const int Examples = 3;

    private readonly List<(string Input, long Line)> _places = [];

    public int Count { get; private set; }

    public void Add(string input, long line)
    {
        if (_places.Count < Examples) _places.Add((input, line));
        Count++;
    }

    /// <summary>Reports "data.csv: 12 rows have …, for example in lines 3, 8 and 9: what was done", when there were any.</summary>
    public void Report(SourceContext context, string source, string one, string many, string done)
    {
        if (Count == 0) return;
        var inputs = _places.Select(place => place.Input).Distinct().Count() > 1;
        var places = _places.Select(place => inputs ? $"{place.Input} line {place.Line}" : $"{place.Line}").ToList();
        var list = places.Count == 1 ? places[0] : $"{string.Join(", ", places.SkipLast(1))} and {places[^1]}";
        var lines = inputs ? list : places.Count == 1 ? $"line {list}" : $"lines {list}";
        context.Repaired($"{source}: {(Count == 1 ? $"1 {one}" : $"{Count} {many}")} ({(Count > Examples ? "first in " : "")}{lines}); {done}.");
    }
}
