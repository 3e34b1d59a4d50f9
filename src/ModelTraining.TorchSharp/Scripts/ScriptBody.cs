using System.Globalization;
using System.Text;
using ModelTraining.Onnx;

namespace ModelTraining.Torch;

/// <summary>The lines of a script, and what all of its parts share: the numbers of variables, and the fixed tensors.</summary>
internal sealed class ScriptBody
{
    private readonly StringBuilder _lines = new();
    private readonly Dictionary<Tensor, string> _fixed = new(ReferenceEqualityComparer.Instance);
    private readonly List<Tensor> _tensors = [];
    private int _next;
    private int _depth = 1;

    /// <summary>The tensors that are c[0], c[1], …</summary>
    public IReadOnlyList<Tensor> Tensors => _tensors;

    /// <summary>The expression of a fixed tensor.</summary>
    public string Fixed(Tensor tensor)
    {
        if (_fixed.TryGetValue(tensor, out var expression)) return expression;
        _tensors.Add(tensor);
        return _fixed[tensor] = string.Create(CultureInfo.InvariantCulture, $"c[{_tensors.Count - 1}]");
    }

    /// <summary>A name that no variable has.</summary>
    public string Variable() => string.Create(CultureInfo.InvariantCulture, $"v{_next++}");

    public void Line(string text) => _lines.Append(' ', 4 * _depth).Append(text).Append('\n');

    /// <summary>Lines within the one before them.</summary>
    public void Within(Action write)
    {
        _depth++;
        write();
        _depth--;
    }

    /// <summary>The lines since the last were taken, each with its indent.</summary>
    public string Take()
    {
        var text = _lines.ToString();
        _lines.Clear();
        return text;
    }
}
