using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Gives a network of a file a new head, and trains both, or the head alone.</summary>
internal sealed class FineTuneNetworkStep(string path, FineTuneOptions options) : IRunStep, IHasOptions, IBackendStep<IRunStep>
{
    public const string Entry = "FineTune";

    /// <summary>A network takes its columns as it was trained with them: numbers, none missing, in their own scale.</summary>
    public static TrainerNeeds Needs { get; } = new() { TakesTensors = true };

    public string Name => Entry;

    public string? HoldsInMemory => Entry;

    public IReadOnlyList<OptionValue> Options => OptionValue.Of(options);

    public IEnumerable<Problem> Validate()
    {
        foreach (var problem in options.Validate(Entry)) yield return problem;
        if (string.IsNullOrWhiteSpace(path))
        {
            yield return new Problem("MT1427", "FineTune takes the path of a model. Got nothing.");
            yield break;
        }

        foreach (var problem in Loads()) yield return problem;
    }

    public IRunStep With(ITrainingBackend backend) => new FineTuneNetworkStep(path, options with { Backend = backend });

    public ValueTask RunAsync(RunState state, CancellationToken cancellationToken) => new TrainStep(Trainer(state.Data, state.Random("scratch"))).RunAsync(state, cancellationToken);

    /// <summary>The layer that answers the new question.</summary>
    public static Value Head(NetworkInput input, TrunkAdditions additions) => additions.BeforeHead(input.Table).Dense(input.Outputs, input.Random, name: FineTuneOptions.NewHead);

    private IEnumerable<Problem> Loads()
    {
        try
        {
            var network = PretrainedNetwork.Load(path, options.Head);
            if (options.LoRA is { } lora) LoRATargets.Of(network.Trunk(), lora, network.Name);
            TrunkAdditions.Dropped(network.Trunk(), options, network.Name);
            return options.Thaw is { } thaw && !options.Validate(Entry).Any() ? [.. thaw.Check(network.Name, [.. Gradients.Weights(network.Trunk().Outputs[0]).Select(weight => weight.Name)])] : [];
        }
        catch (ModelTrainingException exception)
        {
            return exception.Place is null ? exception.Problems : exception.Problems.Select(problem => problem with { Message = $"'{path}': {problem.Message}" });
        }
    }

    private ITrainer Trainer(TrainingData data, SeededRandom random)
    {
        var network = PretrainedNetwork.Load(path, options.Head);
        if (options.FromScratch) network = network.Anew(random);
        string[] columns = [.. data.Features.Features.Select(feature => feature.Name)];
        return options.FreezeTrunk ? new FrozenTrunkTrainer(network, columns, options) : new WholeNetworkTrainer(network, columns, options);
    }
}
