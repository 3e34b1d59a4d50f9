namespace ModelTraining.Onnx;

/// <summary>What layers check, and how they append operators whose shape is inferred.</summary>
internal static class LayerShapes
{
    /// <summary>A size that a layer's weights depend on.</summary>
    /// <exception cref="ModelTrainingException">MT3015: it is not known, or the value has another number of dimensions.</exception>
    public static long Size(string layer, Value value, int axis, int? rank = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Shape is { } shape && (rank is null || shape.Count == rank) && (axis < 0 ? axis + shape.Count : axis) is var at && at >= 0 && at < shape.Count && shape[at] is { IsKnown: true, Size: > 0 and var size }) return size;
        throw new ModelTrainingException("MT3015", $"{layer} takes {(rank is null ? "a value" : $"{rank} dimensions")} whose dimension {axis} is known, not {value}. Give the graph's inputs their shapes, or reshape it.");
    }

    /// <exception cref="ModelTrainingException">MT1700: <paramref name="number"/> is less than <paramref name="least"/>.</exception>
    public static void AtLeast(string layer, string argument, long number, long least = 1)
    {
        if (number < least) throw new ModelTrainingException("MT1700", $"The '{argument}' of {layer} must be at least {least}. Got {number}.");
    }

    /// <exception cref="ModelTrainingException">MT1705: <paramref name="number"/> is more than <paramref name="most"/>.</exception>
    public static void AtMost(string layer, string argument, long number, long most)
    {
        if (number > most) throw new ModelTrainingException("MT1705", $"The '{argument}' of {layer} must be at most {most}. Got {number}.");
    }

    /// <exception cref="ModelTrainingException">MT1701: <paramref name="number"/> is not in [0, 1).</exception>
    public static void Share(string layer, string argument, double number)
    {
        if (number is not (>= 0 and < 1)) throw new ModelTrainingException("MT1701", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The '{argument}' of {layer} must be in [0, 1). Got {number}."));
    }

    /// <exception cref="ModelTrainingException">MT1702: the parts are not of one size.</exception>
    public static void Divides(string layer, string argument, long parts, long whole)
    {
        AtLeast(layer, argument, parts);
        if (whole % parts != 0) throw new ModelTrainingException("MT1702", $"The '{argument}' of {layer} must divide {whole}. Got {parts}.");
    }

    /// <summary>Appends an operator; the shape of its output is inferred.</summary>
    public static Value Add(string opType, IReadOnlyList<Value?> inputs, params (string, object)[] attributes) => Add(opType, inputs, 1, attributes)[0];

    /// <summary>Appends an operator of several outputs.</summary>
    public static IReadOnlyList<Value> Add(string opType, IReadOnlyList<Value?> inputs, int outputs, params (string, object)[] attributes)
    {
        var (graph, type) = (inputs[0]!.Graph, inputs[0]!.Type);
        var values = graph.Add(opType, inputs, [.. Enumerable.Repeat<(ElementType, IReadOnlyList<Dimension>?)>((type, null), outputs)], attributes);
        ShapeInference.Infer(graph, graph.Nodes[^1], new ListContents(graph));
        return values;
    }
}
