using System.Collections.Immutable;
using System.Globalization;
using ModelTraining.Onnx;

namespace ModelTraining.Torch;

/// <summary>The graphs of a session, as it trains and as the model is used, and their scripts for batches of a number of rows.</summary>
internal sealed class SessionGraphs
{
    public const string Loss = "run/loss";
    public const string Output = "run/output";

    private readonly TrainingGraph _training;
    private readonly Graph _step, _use;
    private readonly bool _drawsNoise;

    /// <param name="training">What is trained.</param>
    /// <param name="drawsNoise">Whether the script draws what dropout drops, and does not take it.</param>
    public SessionGraphs(TrainingGraph training, bool drawsNoise)
    {
        (_training, _drawsNoise) = (training, drawsNoise);
        var form = TrainingForm.Of(training, kernels: false);
        (_step, Noise, Statistics) = (form.Graph, form.Noise, form.Statistics);
        _step.Output(Loss, _step[training.Loss]);
        foreach (var statistic in Statistics) _step.Output($"run/{statistic.Constant}", statistic.Batch);
        _step.Prune();
        _use = TrainingForm.Inference(training, Statistics.Select(statistic => statistic.Constant));
        _use.Output(Loss, _use[training.Loss]);
        _use.Output(Output, _use[training.Outputs[0]]);
        _use.Prune();
    }

    /// <summary>What dropout needs.</summary>
    public IReadOnlyList<DropoutNoise> Noise { get; }

    /// <summary>The running statistics.</summary>
    public IReadOnlyList<RunningStatistic> Statistics { get; }

    /// <summary>The outputs of the step that are statistics of the batch, with what each batch leaves of the running ones.</summary>
    public ImmutableArray<(string Output, float Keep)> StatisticOutputs => [.. Statistics.Select(statistic => ($"run/{statistic.Constant}", statistic.Keep))];

    /// <summary>The inputs of a batch that either graph takes, in the order of the batch.</summary>
    public IEnumerable<int> Taken(ImmutableArray<BatchInput> inputs) =>
        inputs.Index().Where(input => _step.Inputs.Concat(_use.Inputs).Any(taken => taken.Name == input.Item.Name)).Select(input => input.Index);

    /// <summary>The shape of a dropout's noise for a number of rows.</summary>
    public static long[] NoiseShape(DropoutNoise noise, int rows) => [.. noise.Input.Shape!.Select(size => size.IsKnown ? size.Size : rows)];

    /// <summary>Loss and gradients of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="form">In which form the graph is written.</param>
    /// <param name="inSegments">Whether what segments of the graph make is made again for the gradients, and not kept.</param>
    /// <returns>The script, and its fixed tensors.</returns>
    public (BackwardScript Script, IReadOnlyList<Tensor> Tensors) Backward(TrainingBatch batch, ScriptForm form, bool inSegments)
    {
        var (writer, sized) = Write(_step, batch, form, Weights);
        var loss = sized.Graph.Nodes.Index().First(node => node.Item.Outputs.Contains(Loss)).Index;
        IReadOnlyList<int> cuts = inSegments ? SegmentPlan.Of(sized, loss) : [];
        return (cuts.Count > 0 ? SegmentedBackward.Of(writer, cuts, Loss, Weights) : BackwardScript.Whole(writer, Loss), writer.Tensors);
    }

    /// <summary>The graph as it trains, node by node as it was given, not yet written.</summary>
    public ScriptWriter Step(TrainingBatch batch, ScriptForm form) => Write(_step, batch, form, Weights, isFused: false).Writer;

    /// <summary>The graph as the model is used, not yet written.</summary>
    public ScriptWriter Use(TrainingBatch batch, ScriptForm form) => Write(_use, batch, form, []).Writer;

    private string[] Weights => [.. _training.Weights.Select(weight => weight.Name)];

    private (ScriptWriter Writer, SizedGraph Sized) Write(Graph graph, TrainingBatch batch, ScriptForm form, string[] learning, bool isFused = true)
    {
        var shapes = new Dictionary<string, long[]>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (place, input) in Taken(batch.Inputs).Index()) Add(batch.Inputs[input].Name, batch.Shape(input), "x", place);
        foreach (var (place, noise) in Noise.Index()) Add(noise.Input.Name, NoiseShape(noise, batch.Rows), "n", place);
        if (_drawsNoise) foreach (var (place, noise) in Noise.Index()) names[noise.Input.Name] = NoiseScript.Draw(noise, shapes[noise.Input.Name], place);
        foreach (var (place, weight) in _training.Weights.Index()) Add(weight.Name, _training.Graph.Constants[weight.Name].Shape.ToArray(), "l", place);
        foreach (var (place, statistic) in Statistics.Index()) if (graph == _use) Add(statistic.Constant, _training.Graph.Constants[statistic.Constant].Shape.ToArray(), "s", place);
        var sized = new SizedGraph(graph, shapes);
        if (isFused) sized = new SizedGraph(FusedForm.Of(sized.Graph, learning, form.Precision), shapes);
        return (new ScriptWriter(sized, names, learning, form), sized);

        void Add(string name, long[] shape, string list, int place)
        {
            shapes[name] = shape;
            names[name] = string.Create(CultureInfo.InvariantCulture, $"{list}[{place}]");
        }
    }
}
