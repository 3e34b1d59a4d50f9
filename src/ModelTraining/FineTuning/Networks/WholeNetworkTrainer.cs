namespace ModelTraining;

/// <summary>Trains trunk and head together, or the head and adapters beside the trunk's weights.</summary>
internal sealed class WholeNetworkTrainer(PretrainedNetwork network, string[] columns, FineTuneOptions options) : ITrainer
{
    public string Name => FineTuneNetworkStep.Entry;

    public TrainerNeeds Needs => FineTuneNetworkStep.Needs;

    public bool KeepsCheckpoints => true;

    public IEnumerable<Problem> Validate() => options.Validate(Name);

    public async ValueTask<TrainedModel> TrainAsync(TrainingData data, TrainingContext context, CancellationToken cancellationToken)
    {
        var additions = new TrunkAdditions(options, network.Name);
        var trainer = new NetworkTrainer<FineTuneOptions>(
            Name, options, input => FineTuneNetworkStep.Head(input with { Table = network.Write(input.Table, columns, options.InputScale, additions, input.Random) }, additions), Needs, network.Opset);
        var trained = (NetworkModel)await trainer.TrainAsync(data, context, cancellationToken).ConfigureAwait(false);
        var model = additions.IsEmpty ? trained : trained.With(additions.TakeOut(trained.Network));
        if (additions.Adapters.Count > 0) model = model.With(MergeProof.Of(trained, model, additions.Adapters.Count, data, context.Threads), LoRAAdapters.Of(additions.Adapters, trained.Weights));
        return network.InFormOfFile(model, additions.Names, data, context.Threads);
    }
}
