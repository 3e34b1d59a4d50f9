namespace ModelTraining;

/// <summary>Terms of one or more words as paths of a tree: what begins alike shares a path, and a text is counted without a string a term. Not thread-safe while it grows.</summary>
internal sealed class TermTree
{
    /// <summary>Where all paths begin.</summary>
    public const int Root = -1;

    private readonly Dictionary<(int Node, long Word), int> _next = [];
    private readonly List<(int Parent, long Word)> _nodes = [];

    /// <summary>The number of nodes: the root is none.</summary>
    public int Count => _nodes.Count;

    /// <summary>The node that a word leads to.</summary>
    public bool TryGet(int node, long word, out int next) => _next.TryGetValue((node, word), out next);

    /// <summary>The node that a word leads to, made where there is none.</summary>
    public int Grow(int node, long word)
    {
        if (_next.TryGetValue((node, word), out var next)) return next;
        next = _nodes.Count;
        _next.Add((node, word), next);
        _nodes.Add((node, word));
        return next;
    }

    /// <summary>The words on the way to a node.</summary>
    public long[] Path(int node)
    {
        var words = new List<long>();
        for (; node != Root; node = _nodes[node].Parent) words.Add(_nodes[node].Word);
        words.Reverse();
        return [.. words];
    }
}
