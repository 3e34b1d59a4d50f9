using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Runs a graph with all of its values as outputs, to find the first that is not finite.</summary>
internal static class NotFinite
{
    public static string? Find(StepGraph program, TrainingBatch batch, IReadOnlyList<WeightMemory> weights, ulong seed)
    {
        var step = program.Graph;
        var graph = GraphCopy.Begin(step, new HashSet<string>());
        var shown = new List<(string Value, Node Node)>();
        foreach (var node in step.Nodes)
        {
            if (node.OpType == TrainingKernels.UpdateWeights) break;
            graph.AddNode(node);
            foreach (var name in node.Outputs.Where(name => name.Length > 0 && graph[name].Type == ElementType.Float)) shown.Add((name, node));
        }

        foreach (var (value, _) in shown) graph.AddOutput(graph[value]);
        using var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        KernelOperators.AddTo(options);
        using var session = new InferenceSession(OnnxFile.ToBytes(graph), options);
        using var bound = new BoundStep(session, graph, batch, program.Noise);
        using var runOptions = new RunOptions();
        bound.Draw(seed);
        foreach (var weight in weights) bound.Bind(weight.Weight.Name, weight.BoundValues);
        foreach (var (value, _) in shown) bound.Binding.BindOutputToDevice(value, OrtMemoryInfo.DefaultInstance);
        session.RunWithBinding(runOptions, bound.Binding);
        using var outputs = bound.Binding.GetOutputValues();
        for (var i = 0; i < shown.Count; i++)
        {
            if (!float.IsFinite(TensorPrimitives.Sum(outputs[i].GetTensorDataAsSpan<float>())) && HasNotFinite(outputs[i].GetTensorDataAsSpan<float>()))
            {
                return $"{shown[i].Node.OpType} '{shown[i].Node.Name}'";
            }
        }

        return null;
    }

    private static bool HasNotFinite(ReadOnlySpan<float> values)
    {
        foreach (var value in values) if (!float.IsFinite(value)) return true;
        return false;
    }
}
