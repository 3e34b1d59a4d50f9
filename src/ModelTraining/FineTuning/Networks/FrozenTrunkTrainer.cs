using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Trains a new head on what a frozen trunk gives, computed once a row.</summary>
internal sealed class FrozenTrunkTrainer(PretrainedNetwork network, string[] columns, FineTuneOptions options) : ITrainer
{
    private const string Input = "columns";
    private const string Output = "prediction";

    public string Name => FineTuneNetworkStep.Entry;

    public TrainerNeeds Needs => FineTuneNetworkStep.Needs;

    public bool KeepsCheckpoints => true;

    public IEnumerable<Problem> Validate() => options.Validate(Name);

    public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        TrainingDataCheck.Throw(data, finiteFeatures: true, severalClasses: true);
        var features = await Task.Run(() => Features(data.Features, context.Threads, cancellationToken), cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var training = new TrainingData(features, data.Target, data.TrainingRows, data.ValidationRows, data.Weights.ToArray());
        var additions = new TrunkAdditions(options, network.Name);
        var trained = (NetworkModel)await new NetworkTrainer<FineTuneOptions>(Name, options, input => FineTuneNetworkStep.Head(input, additions), Needs, network.Opset).TrainAsync(training, context, cancellationToken).ConfigureAwait(false);
        var (graph, names) = (new Graph(Name, network.Opset), new TrunkNames());
        graph.Output(Output, trained.With(additions.TakeOut(trained.Network)).Emit(network.Write(graph.Input(Input, ElementType.Float, Dimension.Batch, columns.Length), columns, options.InputScale, names)));
        return network.InFormOfFile(trained.With(graph, data.Features.Features), names, data, context.Threads);
    }

    private FeatureSet Features(FeatureSet rows, int threads, CancellationToken cancellationToken)
    {
        var graph = new Graph("trunk", network.Opset);
        var output = graph.Output(Output, network.Write(graph.Input(Input, ElementType.Float, Dimension.Batch, columns.Length), columns, options.InputScale));
        var width = (int)output.Shape![1].Size;
        var values = new float[(long)rows.RowCount * width];
        new GraphRunner(graph).Run(rows.RowCount, columns.Length, values, threads, (first, count, block) =>
        {
            for (var column = 0; column < columns.Length; column++)
            {
                var source = rows.Column(column).Slice(first, count);
                for (var i = 0; i < count; i++) block[(i * columns.Length) + column] = source[i];
            }
        }, cancellationToken);
        var made = new ReadOnlyMemory<float>[width];
        for (var feature = 0; feature < width; feature++)
        {
            var column = new float[rows.RowCount];
            for (var row = 0; row < column.Length; row++) column[row] = values[(row * width) + feature];
            made[feature] = column;
        }

        return new FeatureSet([.. Enumerable.Range(0, width).Select(feature => new FeatureInfo($"trunk{feature}"))], made);
    }
}
