using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>The graph of a step: from the inputs to the loss, back to the gradients of all weights, and on to their update.</summary>
internal sealed class StepGraph
{
    public const string Updated = "step/updated";

    /// <param name="training">What is trained.</param>
    /// <param name="pass">The handle of the <see cref="WeightPass"/> that updates the weights; 0 for a graph that does not.</param>
    public StepGraph(TrainingGraph training, nint pass = 0)
    {
        var form = TrainingForm.Of(training);
        Noise = form.Noise;
        Statistics = form.Statistics;
        var graph = form.Graph;
        var loss = graph[training.Loss];
        Value[] weights = [.. training.Weights.Select(weight => graph[weight.Name])];
        var gradients = Gradients.Of(loss, weights);
        Loss = graph.Output("step/loss", loss.Reshape()).Name;
        var made = graph.Nodes.SelectMany(node => node.Outputs).ToHashSet(StringComparer.Ordinal);
        GradientNames = [.. gradients.Select((gradient, i) => made.Remove(gradient.Name) ? Itself(gradient) : graph.Output($"step/gradient/{weights[i].Name}", gradient).Name)];
        foreach (var statistic in Statistics) graph.Output($"step/{statistic.Constant}", statistic.Batch);
        if (pass != 0)
        {
            // After all that reads weights: an update takes part in the same run.
            var done = graph.Outputs.ToArray();
            graph.Output(Updated, graph.Add(TrainingKernels.UpdateWeights, done, ElementType.Float, [1], [("pass", (long)pass)], TrainingKernels.Domain));
        }

        graph.Prune();
        Graph = graph;

        // Under its own name: a name for it would be a node, which ONNX Runtime leaves as a copy where the value has other uses.
        string Itself(Value value)
        {
            graph.AddOutput(value);
            return value.Name;
        }
    }

    public Graph Graph { get; }

    public string Loss { get; }

    public IReadOnlyList<string> GradientNames { get; }

    public IReadOnlyList<DropoutNoise> Noise { get; }

    public IReadOnlyList<RunningStatistic> Statistics { get; }
}
