using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>The graph of a step: from the inputs to the loss and back to the gradients of all weights.</summary>
internal sealed class StepGraph
{
    public StepGraph(TrainingGraph training)
    {
        var form = TrainingForm.Of(training);
        Graph = form.Graph;
        Noise = form.Noise;
        Statistics = form.Statistics;
        var loss = Graph[training.Loss];
        Value[] weights = [.. training.Weights.Select(weight => Graph[weight.Name])];
        var gradients = Gradients.Of(loss, weights);
        Loss = Graph.Output("step/loss", loss.Reshape()).Name;
        GradientNames = [.. gradients.Select((gradient, i) => Graph.Output($"step/gradient/{weights[i].Name}", gradient).Name)];
        foreach (var statistic in Statistics) Graph.Output($"step/{statistic.Constant}", statistic.Batch);
        Graph.Prune();
    }

    public Graph Graph { get; }

    public string Loss { get; }

    public IReadOnlyList<string> GradientNames { get; }

    public IReadOnlyList<DropoutNoise> Noise { get; }

    public IReadOnlyList<RunningStatistic> Statistics { get; }
}
