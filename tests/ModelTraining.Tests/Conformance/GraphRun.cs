using Microsoft.ML.OnnxRuntime;
using ModelTraining.Onnx;

namespace ModelTraining.Tests.Conformance;

/// <summary>Runs what a transform emits in ONNX Runtime, on a table whose columns go in as the graph's inputs.</summary>
internal static class GraphRun
{
    /// <summary>The columns that <paramref name="emit"/> leaves, one array a column: float[], string[] or long[].</summary>
    public static Dictionary<string, Array> Run(Table table, Action<GraphColumns> emit, int opset = Graph.DefaultOpset)
    {
        var graph = new Graph(opset: opset);
        var columns = Inputs(graph, table);
        emit(columns);
        var outputs = new Dictionary<string, string>();
        foreach (var name in columns.Names.Order(StringComparer.Ordinal).ToList())
        {
            outputs.Add($"out {outputs.Count}", name);
            graph.Output($"out {outputs.Count - 1}", columns[name]);
        }

        return Run(graph, table).ToDictionary(pair => outputs[pair.Key], pair => pair.Value);
    }

    /// <summary>A graph with an input for each column of a table that may be one.</summary>
    public static GraphColumns Inputs(Graph graph, Table table)
    {
        var columns = new GraphColumns(graph);
        foreach (var column in table.WithRole(ColumnRole.Feature)) columns[column.Name] = graph.Input(column.Name, GraphColumns.TypeOf(column.Type), Dimension.Batch, 1);
        return columns;
    }

    /// <summary>The outputs of a graph by name.</summary>
    public static Dictionary<string, Array> Run(Graph graph, Table table)
    {
        graph.Prune();
        using var session = new InferenceSession(OnnxFile.ToBytes(graph));
        var inputs = graph.Inputs.ToDictionary(input => input.Name, input => ToValue(table[input.Name]));
        using var options = new RunOptions();
        using var results = session.Run(options, inputs, session.OutputNames);
        var outputs = session.OutputNames.Zip(results).ToDictionary(pair => pair.First, pair => ToArray(pair.Second));
        foreach (var input in inputs.Values) input.Dispose();
        return outputs;
    }

    private static OrtValue ToValue(Column column)
    {
        long[] shape = [column.Count, 1];
        switch (column)
        {
            case TextColumn text:
                var strings = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
                for (var row = 0; row < text.Count; row++) strings.StringTensorSetElementAt((text.Text(row) ?? "").AsSpan(), row);
                return strings;
            case DateTimeColumn dates:
                return OrtValue.CreateTensorValueFromMemory(dates.Values.ToArray().Select(DateTimeColumn.ToUnixSeconds).ToArray(), shape);
            default:
                var numbers = new float[column.Count];
                column.CopyTo(numbers);
                return OrtValue.CreateTensorValueFromMemory(numbers, shape);
        }
    }

    private static Array ToArray(OrtValue value)
    {
        var type = value.GetTensorTypeAndShape().ElementDataType;
        return type switch
        {
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.String => value.GetStringTensorAsArray(),
            Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int64 => value.GetTensorDataAsSpan<long>().ToArray(),
            _ => value.GetTensorDataAsSpan<float>().ToArray(),
        };
    }
}
