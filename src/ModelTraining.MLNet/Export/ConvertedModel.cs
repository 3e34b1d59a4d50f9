using Microsoft.ML;
using Microsoft.ML.Data;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>A transformer as a graph, by ML.NET's converter.</summary>
internal sealed class ConvertedModel
{
    private readonly Graph? _graph;

    public ConvertedModel(MLContext context, ITransformer transformer, DataViewSchema inputSchema, string output)
    {
        try
        {
            _graph = Convert(context, transformer, inputSchema, output);
        }
        catch (Exception exception) when (HasNoForm(exception))
        {
            Problem = $"{Culprit(context, transformer, inputSchema)} has no form in ONNX that ML.NET knows, so the model can't be exported. Use another trainer, or save it as ML.NET does: ((MLNetModel)run.Model).Save(\"model.zip\").";
        }
    }

    /// <summary>Why there is no graph; null when there is one.</summary>
    public string? Problem { get; }

    /// <summary>Writes the graph behind <paramref name="features"/>.</summary>
    /// <exception cref="ModelTrainingException">MT3302: there is none.</exception>
    public Value Emit(Value features)
    {
        if (_graph is null) throw new ModelTrainingException("MT3302", Problem!);
        foreach (var (domain, version) in _graph.Opsets)
        {
            if (domain.Length > 0) features.Graph.UseOpset(domain, Math.Max(version, features.Graph.Opsets.GetValueOrDefault(domain)));
        }

        var graph = NewerNodes.Of(_graph);
        return GraphCopy.Into(graph, new Dictionary<string, Value> { [graph.Inputs[0].Name] = features }, "mlnet/")[0];
    }

    private static Graph Convert(MLContext context, ITransformer transformer, DataViewSchema inputSchema, string output)
    {
        using var stream = new MemoryStream();
        context.Model.ConvertToOnnx(transformer, new EmptyView(inputSchema), stream, output);
        stream.Position = 0;
        return OnnxFile.Load(stream);
    }

    /// <summary>The converter stops at some of what it does not know, and leaves out the rest: then a column is missing.</summary>
    private static bool HasNoForm(Exception exception) => exception is InvalidOperationException or KeyNotFoundException;

    /// <summary>The first transformer that can't be converted, by name.</summary>
    private static string Culprit(MLContext context, ITransformer transformer, DataViewSchema inputSchema)
    {
        ITransformer[] parts = [.. Parts(transformer)];
        for (var (i, schema) = (0, inputSchema); i < parts.Length; i++)
        {
            var made = parts[i].GetOutputSchema(schema);
            var added = made.Where(column => !column.IsHidden).Select(column => column.Name).Except(schema.Where(column => !column.IsHidden).Select(column => column.Name)).ToList();
            try
            {
                using var stream = new MemoryStream();
                context.Model.ConvertToOnnx(new TransformerChain<ITransformer>(parts[..(i + 1)]), new EmptyView(inputSchema), stream, [.. added]);
            }
            catch (Exception exception) when (HasNoForm(exception))
            {
                return parts[i] is ISingleFeaturePredictionTransformer<object> predictor ? predictor.Model.GetType().Name.Split('`')[0] : parts[i].GetType().Name.Split('`')[0];
            }

            schema = made;
        }

        return parts[^1].GetType().Name;
    }

    private static IEnumerable<ITransformer> Parts(ITransformer transformer) => transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Parts) : [transformer];
}
