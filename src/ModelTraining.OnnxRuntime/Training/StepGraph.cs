using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>The graph of a step: from the inputs to the loss and back to the gradients of all weights.</summary>
internal sealed class StepGraph
{
    public StepGraph(TrainingGraph training)
    {
        var form = TrainingForm.Of(training);
        Noise = form.Noise;
        Statistics = form.Statistics;
        var graph = form.Graph;
        var loss = graph[training.Loss];
        Value[] weights = [.. training.Weights.Select(weight => graph[weight.Name])];
        var gradients = Gradients.Of(loss, weights);
        Loss = graph.Output("step/loss", loss.Reshape()).Name;
        GradientNames = [.. gradients.Select((gradient, i) => graph.Output($"step/gradient/{weights[i].Name}", gradient).Name)];
        foreach (var statistic in Statistics) graph.Output($"step/{statistic.Constant}", statistic.Batch);
        graph.Prune();
        Graph = graph;
    }

    public Graph Graph { get; }

    public string Loss { get; }

    public IReadOnlyList<string> GradientNames { get; }

    public IReadOnlyList<DropoutNoise> Noise { get; }

    public IReadOnlyList<RunningStatistic> Statistics { get; }
}
