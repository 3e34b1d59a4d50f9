using System.Runtime.InteropServices;

namespace ModelTraining;

/// <summary>Builds a <see cref="TextColumn"/> row by row, each distinct value held once. Not thread-safe.</summary>
/// <param name="capacity">The number of rows expected.</param>
public sealed class TextColumnBuilder(int capacity = 0)
{
    // A string's header, and its place in the dictionary and among the categories.
    private const int BytesACategory = 64;

    private readonly List<int> _codes = new(capacity);
    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);

    /// <summary>The number of rows so far.</summary>
    public int Count => _codes.Count;

    /// <summary>About what the rows take.</summary>
    internal long Bytes => (sizeof(int) * (long)_codes.Count) + CategoryBytes;

    /// <summary>Adds a row; null is missing.</summary>
    public void Append(string? value) => _codes.Add(CodeOf(value));

    /// <summary>Adds a row; the characters become a string only when they have not been seen before.</summary>
    public void Append(ReadOnlySpan<char> value) => _codes.Add(CodeOf(value));

    /// <summary>The column.</summary>
    public TextColumn Build(string name) => new(name, _codes.ToArray(), Categories());

    /// <summary>About what the distinct values take.</summary>
    internal long CategoryBytes { get; private set; }

    internal int CodeOf(ReadOnlySpan<char> value)
    {
        var lookup = _codeOf.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(value, out var code))
        {
            code = _codeOf.Count;
            _codeOf.Add(value.ToString(), code);
            CategoryBytes += BytesACategory + (sizeof(char) * value.Length);
        }

        return code;
    }

    internal int CodeOf(string? value)
    {
        if (value is null) return TextColumn.MissingCode;
        ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(_codeOf, value, out var known);
        if (!known)
        {
            code = _codeOf.Count - 1;
            CategoryBytes += BytesACategory + (sizeof(char) * value.Length);
        }

        return code;
    }

    internal string[] Categories()
    {
        var categories = new string[_codeOf.Count];
        foreach (var (value, code) in _codeOf) categories[code] = value;
        return categories;
    }
}
