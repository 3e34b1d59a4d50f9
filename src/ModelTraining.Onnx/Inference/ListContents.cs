namespace ModelTraining.Onnx;

/// <summary>The elements of lists of whole numbers, as far as they are known before the graph runs: shapes, and what is computed of them.</summary>
internal sealed class ListContents(Graph graph)
{
    private const int Longest = 64;

    private readonly Dictionary<string, Dimension[]> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dimension[]> _blocks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _given = [.. graph.Inputs.Select(input => input.Name)];

    /// <summary>The elements, those that are not known as such; null when nothing is known. A number without dimensions is a list of one.</summary>
    public Dimension[]? this[string name]
    {
        get
        {
            if (_known.TryGetValue(name, out var known)) return known;
            return !_given.Contains(name) && graph.Constants.TryGetValue(name, out var tensor) ? Of(tensor) : null;
        }
        set
        {
            if (value is { Length: <= Longest }) _known[name] = value;
        }
    }

    /// <summary>The elements of a value of two and more dimensions, row after row; null when nothing is known.</summary>
    public Dimension[]? Block(string name) => _blocks.GetValueOrDefault(name);

    /// <summary>States the elements of a value of two and more dimensions.</summary>
    public void SetBlock(string name, Dimension[] elements)
    {
        if (elements.Length <= Longest) _blocks[name] = elements;
    }

    /// <summary>The elements of a tensor of whole numbers. Negative ones, which no dimension has, are kept by their value.</summary>
    public static Dimension[]? Of(Tensor? tensor) =>
        tensor is { Count: <= Longest, Shape.Length: <= 1 } && ConstantValues.Wholes(tensor) is { } numbers ? [.. numbers.Select(Element)] : null;

    /// <summary>A number that need not be a size.</summary>
    public static Dimension Element(long number) => number >= 0 ? number : new Dimension(number, Negative);

    /// <summary>The numbers, when all are known.</summary>
    public static long[]? Numbers(Dimension[]? contents) => contents is not null && contents.All(IsNumber) ? [.. contents.Select(element => element.Size)] : null;

    /// <summary>Whether an element is known, be it negative.</summary>
    public static bool IsNumber(Dimension element) => element.IsKnown || element.Name == Negative;

    /// <summary>Marks a known negative element; no name of a dimension begins so.</summary>
    private const string Negative = "\0";
}
