using System.Text;
using System.Text.Json;

namespace ModelTraining;

/// <summary>A key that lines have, with the keys of its object where it is one. Lines mostly have the same keys in the same order, so the next one is guessed before it is looked up.</summary>
internal sealed class JsonKey(string name, int level)
{
    private readonly List<(byte[] Written, JsonKey Key)> _children = [];
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    /// <summary>The name of the column: the keys from the outermost in, with points between.</summary>
    public string Name => name;

    /// <summary>How many objects are around it.</summary>
    public int Level => level;

    /// <summary>The column of its values that are no objects; null while there are none.</summary>
    public JsonColumn? Column { get; set; }

    /// <summary>The last row that has it.</summary>
    public int LastRow { get; set; } = -1;

    /// <summary>The key that the reader is on.</summary>
    /// <param name="reader">On the name of a property of this object.</param>
    /// <param name="next">Which of the keys is guessed; moved on.</param>
    public JsonKey Child(ref Utf8JsonReader reader, ref int next)
    {
        if (next < _children.Count && reader.ValueTextEquals(_children[next].Written)) return _children[next++].Key;
        var key = reader.GetString()!;
        if (!_positions.TryGetValue(key, out var position))
        {
            position = _children.Count;
            _positions.Add(key, position);
            var path = level == 0 ? key : $"{name}.{key}";
            _children.Add((Encoding.UTF8.GetBytes(key), new JsonKey(path, level + 1)));
        }

        next = position + 1;
        return _children[position].Key;
    }
}
