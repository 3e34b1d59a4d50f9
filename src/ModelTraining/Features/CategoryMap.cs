using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>A number for each known category, one for all others and one for missing text: in managed code and as one node of a graph. Immutable.</summary>
internal sealed class CategoryMap
{
    private readonly Dictionary<string, float> _values;
    private readonly float _unseen;
    private readonly float _missing;

    /// <param name="values">The number of each known category.</param>
    /// <param name="unseen">The number of a category that is not known.</param>
    /// <param name="missing">The number of missing and of empty text, which a graph cannot tell apart.</param>
    public CategoryMap(IEnumerable<(string Category, float Value)> values, float unseen, float missing)
    {
        _values = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var (category, value) in values) _values.Add(category, value);
        _values.Remove("");
        (_unseen, _missing) = (unseen, missing);
    }

    /// <summary>The number of a category; null is missing.</summary>
    public float this[string? category] =>
        string.IsNullOrEmpty(category) ? _missing : _values.TryGetValue(category, out var value) ? value : _unseen;

    /// <summary>The numbers of all rows. Each category is looked up once.</summary>
    public float[] Apply(TextColumn column)
    {
        var categories = column.Categories;
        var byCode = new float[categories.Length];
        for (var code = 0; code < byCode.Length; code++) byCode[code] = this[categories[code]];
        var codes = column.Codes;
        var numbers = new float[codes.Length];
        for (var row = 0; row < numbers.Length; row++) numbers[row] = codes[row] == TextColumn.MissingCode ? _missing : byCode[codes[row]];
        return numbers;
    }

    /// <summary>The numbers of a text value of a graph, in its shape.</summary>
    public Value Emit(Value text)
    {
        string[] keys = ["", .. _values.Keys];
        float[] numbers = [_missing, .. _values.Values];
        return text.LabelEncoder(keys, numbers, _unseen);
    }
}
