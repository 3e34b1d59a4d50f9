using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// The inputs and outputs of an exported graph: one input [batch, 1] for each column, [batch, sizes …] for one of tensors, in the types of <see cref="GraphColumns"/>; the outputs "label",
/// text [batch], and "probabilities", floats [batch, classes], of a classifier, and "prediction", floats [batch, 1], of a regression.
/// </summary>
internal static class GraphContract
{
    public const string Label = "label";
    public const string Probabilities = "probabilities";
    public const string Prediction = "prediction";

    /// <summary>A row with more elements is no row.</summary>
    private const double MostElements = 1 << 28;

    /// <exception cref="ModelTrainingException">MT4212: graph and manifest do not fit.</exception>
    public static void Check(ModelManifest manifest, Graph graph)
    {
        if (manifest.Task == LearningTask.Regression != (manifest.Classes.Count == 0)) throw Differs($"{manifest.Task} does not have {manifest.Classes.Count} classes");
        if (manifest.Inputs.Select(input => input.Name).Distinct(StringComparer.Ordinal).Count() != manifest.Inputs.Count) throw Differs("two inputs have the same name");
        var inputs = graph.Inputs.Where(input => !graph.Constants.ContainsKey(input.Name)).ToList();
        if (!inputs.Select(input => input.Name).SequenceEqual(manifest.Inputs.Select(input => input.Name), StringComparer.Ordinal))
        {
            throw Differs($"the graph takes {Names(inputs.Select(input => input.Name))}, the manifest names {Names(manifest.Inputs.Select(input => input.Name))}");
        }

        foreach (var (input, value) in manifest.Inputs.Zip(inputs))
        {
            if (input.Type == ColumnType.Tensor == (input.Shape.Count == 0) || input.Shape.Any(size => size < 1) || input.Shape.Aggregate(1.0, (product, size) => product * size) > MostElements)
            {
                throw Differs($"input '{input.Name}' of type {input.Type} does not have the shape [{string.Join(", ", input.Shape)}]");
            }

            Expect(value, GraphColumns.TypeOf(input.Type), input.Type == ColumnType.Tensor ? [-1, .. input.Shape.Select(size => (long)size)] : [-1, 1]);
        }

        foreach (var (name, type, shape) in Outputs(manifest))
        {
            Expect(graph.Outputs.FirstOrDefault(output => output.Name == name) ?? throw Differs($"there is no output '{name}'"), type, shape);
        }
    }

    /// <summary>The outputs that a model has; −1 stands for the rows of the batch.</summary>
    public static IEnumerable<(string Name, ElementType Type, long[] Shape)> Outputs(ModelManifest manifest) => manifest.Task == LearningTask.Regression
        ? [(Prediction, ElementType.Float, [-1, 1])]
        : [(Label, ElementType.String, [-1]), (Probabilities, ElementType.Float, [-1, manifest.Classes.Count])];

    /// <summary>What is not said of a value is left to the runtime to find out.</summary>
    private static void Expect(Value value, ElementType type, params long[] shape)
    {
        var fits = value.Type is ElementType.Undefined || value.Type == type;
        if (value.Shape is { } actual) fits &= actual.Count == shape.Length && actual.Zip(shape).All(pair => !pair.First.IsKnown || pair.First.Size == pair.Second);
        if (!fits) throw Differs($"{value} should be {type}[{string.Join(", ", shape.Select(size => size < 0 ? "batch" : size.ToString(System.Globalization.CultureInfo.InvariantCulture)))}]");
    }

    private static string Names(IEnumerable<string> names) => $"[{string.Join(", ", names)}]";

    private static ModelTrainingException Differs(string what) => new("MT4212", $"The model's graph and its manifest do not fit: {what}. Export the model anew.");
}
