namespace ModelTraining.Onnx;

/// <summary>What the operators have in common: they check the types they are given, derive the output's type and shape, and append one node.</summary>
internal static class Emit
{
    /// <summary>From this version of the default operator set, Squeeze, Unsqueeze, Split and ReduceSum take their axes as an input instead of an attribute.</summary>
    public const int AxesAsInput = 13;

    /// <summary>From this version the other reductions do, too.</summary>
    public const int ReductionAxesAsInput = 18;

    /// <summary>An operator that changes each element by itself.</summary>
    public static Value Unary(string opType, Value value, params IEnumerable<(string, object)> attributes) => value.Graph.Add(opType, [value], value.Type, value.Shape, attributes);

    /// <summary>An operator on two values of one type, which broadcast. <paramref name="type"/> is the output's, the operands' by default.</summary>
    public static Value Binary(string opType, Value a, Value b, ElementType type = ElementType.Undefined, params IEnumerable<(string, object)> attributes)
    {
        var common = CommonType(opType, a, b);
        return a.Graph.Add(opType, [a, b], type == ElementType.Undefined ? common : type, Shapes.Broadcast(opType, a, b), attributes);
    }

    /// <summary>The type of two values that must have the same.</summary>
    /// <exception cref="ModelTrainingException">MT3101: they differ.</exception>
    public static ElementType CommonType(string opType, Value a, Value b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Type == ElementType.Undefined) return b.Type;
        if (b.Type != ElementType.Undefined && a.Type != b.Type) throw new ModelTrainingException("MT3101", $"{opType} takes values of one type, not {a} and {b}. Cast one of them.");
        return a.Type;
    }

    /// <summary>States that an operator takes only certain types.</summary>
    /// <exception cref="ModelTrainingException">MT3101: <paramref name="value"/> is of another.</exception>
    public static void Require(string opType, Value value, params ReadOnlySpan<ElementType> types)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Type == ElementType.Undefined || types.Contains(value.Type)) return;
        throw new ModelTrainingException("MT3101", $"{opType} takes {string.Join(" or ", types.ToArray())}, not {value}. Cast it first.");
    }

    /// <summary>A constant without dimensions, of the type of <paramref name="like"/>.</summary>
    /// <exception cref="ModelTrainingException">MT3101: the type does not hold the number.</exception>
    public static Value Scalar(Value like, long number) => like.Type switch
    {
        ElementType.Int64 => like.Graph.Constant(number),
        ElementType.Int32 when number is >= int.MinValue and <= int.MaxValue => like.Graph.Constant(Tensor.Of([(int)number])),
        _ => Scalar(like, (float)number),
    };

    /// <inheritdoc cref="Scalar(Value, long)"/>
    public static Value Scalar(Value like, float number) => like.Type switch
    {
        ElementType.Float or ElementType.Undefined => like.Graph.Constant(number),
        ElementType.Double => like.Graph.Constant(Tensor.Of([(double)number])),
        ElementType.Float16 => like.Graph.Constant(Tensor.Of([(Half)number])),
        _ => throw new ModelTrainingException("MT3101", $"The number {number.ToString(System.Globalization.CultureInfo.InvariantCulture)} cannot be combined with {like}. Cast the value first."),
    };

    /// <inheritdoc cref="Scalar(Value, long)"/>
    public static Value Scalar(Value like, double number) => like.Type == ElementType.Double ? like.Graph.Constant(Tensor.Of([number])) : Scalar(like, (float)number);

    /// <summary>A tensor that stays as it is, as a node: constants of the graph are what is trained.</summary>
    public static Value Fixed(Graph graph, Tensor tensor) => graph.Add("Constant", [], tensor.Type, [.. tensor.Shape.ToArray().Select(Dimension.FromInt64)], [("value", tensor)]);

    /// <summary>A list of whole numbers as an input.</summary>
    public static Value List(Graph graph, IReadOnlyList<long> numbers) => graph.Constant(Tensor.Of([.. numbers], numbers.Count));

    /// <summary>Whether the graph's default operator set has at least <paramref name="version"/>.</summary>
    public static bool Since(Value value, int version) => value.Graph.Opsets[""] >= version;
}
