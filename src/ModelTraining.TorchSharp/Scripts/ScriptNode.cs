using System.Globalization;
using ModelTraining.Onnx;

namespace ModelTraining.Torch;

/// <summary>A node that is being written as TorchScript: what goes in as expressions, all sizes as numbers.</summary>
internal sealed class ScriptNode(ScriptWriter writer, Node node, ScriptRule rule)
{
    /// <summary>The node.</summary>
    public Node Node => node;

    /// <summary>The version of the default operator set.</summary>
    public int Opset => writer.Graph.Opsets[""];

    /// <summary>How many inputs the node names, those left out between others included.</summary>
    public int InputCount => node.Inputs.Count;

    /// <summary>Whether an optional input is there.</summary>
    public bool Has(int input) => input < node.Inputs.Count && node.Inputs[input].Length > 0;

    /// <summary>An input, in the numbers that the operator works in.</summary>
    public string X(int input)
    {
        var expression = writer.Expression(node, node.Inputs[input]);
        return !IsLow || Type(input) != ElementType.Float ? expression : rule.Precision switch
        {
            MixedPrecision.Low => $"{expression}.to({writer.LowCode})",
            MixedPrecision.Full => $"{expression}.to({ScriptText.Code(ElementType.Float)})",
            _ => expression,
        };
    }

    /// <summary>Whether products are of 16 bits.</summary>
    public bool IsLow => writer.Form.Precision != Precision.Float32;

    /// <summary>An input in 32 bits, whatever the operator works in.</summary>
    public string Wide(int input) => !IsLow || Type(input) != ElementType.Float ? X(input) : $"{writer.Expression(node, node.Inputs[input])}.to({ScriptText.Code(ElementType.Float)})";

    /// <summary>An optional input, None where it is left out.</summary>
    public string Optional(int input) => Has(input) ? X(input) : "None";

    /// <summary>All inputs.</summary>
    public IEnumerable<string> All() => Enumerable.Range(0, node.Inputs.Count).Where(Has).Select(X);

    /// <summary>The type of an input.</summary>
    public ElementType Type(int input) => writer.Graph[node.Inputs[input]].Type;

    /// <summary>The shape of an input.</summary>
    public long[] Shape(int input) => writer.ShapeOf(node, node.Inputs[input]);

    /// <summary>The number of dimensions of an input.</summary>
    public int Rank(int input) => Shape(input).Length;

    /// <summary>The type of an output.</summary>
    public ElementType OutputType(int output = 0) => writer.Graph[node.Outputs[output]].Type;

    /// <summary>The shape of an output.</summary>
    public long[] OutputShape(int output = 0) => writer.ShapeOf(node, node.Outputs[output]);

    /// <summary>Whether an output is used.</summary>
    public bool Gives(int output) => output < node.Outputs.Count && node.Outputs[output].Length > 0 && writer.IsUsed(node.Outputs[output]);

    /// <summary>Whether a gradient goes towards an input.</summary>
    public bool Learns(int input) => Has(input) && writer.Learns(node.Inputs[input]);

    public long Whole(string attribute, long otherwise) => node.Whole(attribute, otherwise);

    public float Number(string attribute, float otherwise) => node.Number(attribute, otherwise);

    public string Word(string attribute, string otherwise) => node.Word(attribute, otherwise);

    public long[]? Wholes(string attribute) => node.Wholes(attribute);

    /// <summary>An axis counted from the front.</summary>
    public int Axis(string attribute, long otherwise, int rank)
    {
        var axis = Whole(attribute, otherwise);
        return (int)(axis < 0 ? axis + rank : axis);
    }

    /// <summary>The tensor of an input that is known before the graph runs; null where it is computed.</summary>
    public Tensor? Constant(int input) => Has(input) ? writer.Constant(node.Inputs[input]) : null;

    /// <summary>Whole numbers of an input; null where it is left out.</summary>
    /// <exception cref="ModelTrainingException">MT3201: they are computed of what a batch holds.</exception>
    public long[]? Numbers(int input)
    {
        if (!Has(input)) return null;
        return writer.Numbers(node.Inputs[input]) ?? throw Gap($"with '{node.Inputs[input]}' computed from the rows", "Make it a constant.");
    }

    /// <summary>Whole numbers that are an attribute in older operator sets and an input in newer ones.</summary>
    public long[]? Numbers(string attribute, int input) => Wholes(attribute) ?? Numbers(input);

    /// <summary>A fixed tensor as an expression.</summary>
    public string Fixed(Tensor tensor) => writer.Fixed(tensor);

    /// <summary>A new variable.</summary>
    public string Let(string expression) => writer.Let(expression);

    /// <summary>A line of the script.</summary>
    public void Line(string text) => writer.Line(text);

    /// <summary>A name for a variable.</summary>
    public string Variable() => writer.Variable();

    /// <summary>The lines of a graph inside the node, within the line before them; what it gives comes in variables.</summary>
    public void Branch(string attribute, IReadOnlyList<string> variables) => writer.WriteBranch(node, InnerGraph.Of(node, attribute), variables);

    /// <summary>An input of a convolution, with the channels of a pixel side by side where the form is so.</summary>
    public string Pixels(int input) => writer.Form.ChannelsLast && Rank(input) == 4 ? $"{X(input)}.contiguous(memory_format={ScriptText.ChannelsLast})" : X(input);

    /// <summary>Gives an output its expression.</summary>
    public void Set(int output, string expression)
    {
        if (output < node.Outputs.Count && node.Outputs[output].Length > 0) writer.Set(node.Outputs[output], expression);
    }

    /// <summary>That the backend lacks this.</summary>
    public ModelTrainingException Gap(string what, string help) => Gap(node, what, help);

    /// <summary>That the backend lacks this.</summary>
    public static ModelTrainingException Gap(Node node, string what, string help) =>
        new("MT3201", string.Create(CultureInfo.InvariantCulture, $"The TorchSharp backend can't run {node.OpType} '{node.Name}' {what}. {help} The default backend, ONNX Runtime, may know it."));
}
