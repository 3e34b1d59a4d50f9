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
        catch (InvalidOperationException)
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

    /// <summary>The first transformer up to which the chain can't be converted, by name.</summary>
    private static string Culprit(MLContext context, ITransformer transformer, DataViewSchema inputSchema)
    {
        ITransformer[] parts = transformer is IEnumerable<ITransformer> chain ? [.. chain] : [transformer];
        for (var i = 0; i < parts.Length; i++)
        {
            try
            {
                using var stream = new MemoryStream();
                context.Model.ConvertToOnnx(new TransformerChain<ITransformer>(parts[..(i + 1)]), new EmptyView(inputSchema), stream);
            }
            catch (InvalidOperationException)
            {
                return parts[i] is ISingleFeaturePredictionTransformer<object> predictor ? predictor.Model.GetType().Name.Split('`')[0] : parts[i].GetType().Name.Split('`')[0];
            }
        }

        return parts[^1].GetType().Name;
    }
}
