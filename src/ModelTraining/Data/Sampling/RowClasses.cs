namespace ModelTraining;

/// <summary>The rows of a label told apart by their values: equal ones have one number, and so have missing ones.</summary>
internal static class RowClasses
{
    public static int[] Of(Column label) => label switch
    {
        TextColumn text => text.Codes.ToArray(),
        IntegerColumn integers => Numbered(integers.Values),
        BooleanColumn booleans => Numbered(booleans.Values),
        NumberColumn numbers => Numbered(numbers.Values),
        DateTimeColumn dates => Numbered(dates.Values),
        _ => throw new ModelTrainingException("MT2003", $"Column '{label.Name}' is of type {label.Type} and can't be the label. Name another."),
    };

    /// <summary>The rows of a label that is not typed yet.</summary>
    public static int[] Of(WrittenColumn label)
    {
        var classes = new List<int>(label.Count);
        foreach (var codes in label.Codes) classes.AddRange(codes);
        // Values without a code hardly recur: each is counted as one of its own.
        for (var code = label.DistinctCount; classes.Count < label.Count; code++) classes.Add(code);
        return [.. classes];
    }

    private static int[] Numbered<T>(ReadOnlySpan<T> values) where T : notnull
    {
        var numbers = new Dictionary<T, int>();
        var classes = new int[values.Length];
        for (var row = 0; row < classes.Length; row++)
        {
            if (!numbers.TryGetValue(values[row], out classes[row])) numbers.Add(values[row], classes[row] = numbers.Count);
        }

        return classes;
    }
}
