using System.Collections.Immutable;

namespace ModelTraining;

/// <summary>How a network is trained: what the options of all networks have in common.</summary>
public abstract record NetworkOptions
{
    private protected NetworkOptions()
    {
    }

    /// <summary>How often all training rows are gone through at most; early stopping may end sooner. Default 50.</summary>
    public int Epochs { get; init; } = 50;

    /// <summary>The rows of a step. Default 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Looks for the largest batch within a memory budget, and trains with it in place of <see cref="BatchSize"/>. Default null: it does not.</summary>
    public BatchSizeFinder? BatchSizeFinder { get; init; }

    /// <summary>The learning rate, where the schedule does not lower it. Default 0.001.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Looks for the learning rate by a sweep, and trains with it in place of <see cref="LearningRate"/>: <c>new LearningRateFinder()</c>. Default null: it does not.</summary>
    public LearningRateFinder? LearningRateFinder { get; init; }

    /// <summary>What the weights shrink by, or what is added to their gradients, as the optimizer has it. Biases and the scales of normalisations are left out. Default 0.01.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>The share of the training in which the learning rate rises from 0, in [0, 1). Default 0.</summary>
    public double WarmupRatio { get; init; }

    /// <summary>The batches whose gradients are gathered for one update: a larger batch in the memory of a small one. Default 1.</summary>
    public int GradientAccumulationSteps { get; init; } = 1;

    /// <summary>
    /// Whether a batch that does not fit into memory is trained in halves, and those in halves, whose gradients are gathered: the same update in less memory, except that batch normalisation goes by the
    /// parts. What fitted is kept for the batches that follow, and in checkpoints. Batches that are only validated with are halved, too; those
    /// that are larger than <see cref="BatchSize"/> even without this. Default false: it is an error.
    /// </summary>
    public bool RetryOnOutOfMemory { get; init; }

    /// <summary>Gradients are scaled down so that their Euclidean norm is no larger; 0 leaves them as they are. Default 1.</summary>
    public double MaxGradNorm { get; init; } = 1;

    /// <summary>How weights follow their gradients. Default: <see cref="AdamW"/>.</summary>
    public Optimizer Optimizer { get; init; } = new AdamW();

    /// <summary>How the learning rate changes. Default: <see cref="ConstantSchedule"/>.</summary>
    public LearningRateSchedule Schedule { get; init; } = new ConstantSchedule();

    /// <summary>A running average of the weights that is evaluated and kept in place of them; null, the default, for none.</summary>
    public WeightAveraging? Averaging { get; init; }

    /// <summary>Learning rate and decay of weights by name, the first that matches counts; empty by default.</summary>
    public ImmutableArray<ParameterGroup> ParameterGroups { get; init; } = [];

    /// <summary>What early stopping, the best weights and <see cref="PlateauSchedule"/> go by on the validation part: "loss", or the key of a metric, for example roc_auc. Default loss.</summary>
    public string Monitor { get; init; } = "loss";

    /// <summary>How many epochs without a better score on the validation part end the training. Default 10.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>By how much the score must be better to count. Default 0.</summary>
    public double MinDelta { get; init; }

    /// <summary>Whether the model ends with the weights of the best epoch by the validation part, and not with the last. Default true.</summary>
    public bool RestoreBestWeights { get; init; } = true;

    /// <summary>
    /// What is made small, of predictions and targets: one of <see cref="Onnx.Losses"/>, for example <c>Losses.Focal()</c> for classes (scores [batch, classes] and class
    /// positions) or <c>Losses.Huber()</c> for a number (both [batch], brought to mean 0 and deviation 1), or a function of one's own. Default null: cross-entropy, or the squared error.
    /// </summary>
    public Func<Onnx.Value, Onnx.Value, Onnx.Value>? Loss { get; init; }

    /// <summary>What trains. Default: <see cref="OnnxRuntimeBackend"/>, on the CPU.</summary>
    public ITrainingBackend Backend { get; init; } = new OnnxRuntimeBackend();

    /// <summary>What the learning rate of a layer is multiplied by, so many layers before the last.</summary>
    internal virtual double LayerFactor(int layersAfter) => 1;

    /// <summary>After how many epochs a weight begins to be trained, unless a <see cref="ParameterGroup"/> freezes it; null for never.</summary>
    /// <param name="weight">Its name.</param>
    /// <param name="layersAfter">The layers after it.</param>
    /// <param name="layers">All layers.</param>
    internal virtual int? TrainedAfter(string weight, int layersAfter, int layers) => 0;

    /// <summary>Whether a weight of at least two dimensions counts as a layer.</summary>
    internal virtual bool IsLayer(string weight) => true;

    internal virtual IEnumerable<Problem> Validate(string entry)
    {
        Problem Wrong(string id, string option, string range, IFormattable value) => new(id, $"The '{option}' option of {entry} must be {range}. Got {value.ToString(null, System.Globalization.CultureInfo.InvariantCulture)}.");
        if (Epochs < 1) yield return Wrong("MT1724", nameof(Epochs), "at least 1", Epochs);
        if (BatchSize < 1) yield return Wrong("MT1725", nameof(BatchSize), "at least 1", BatchSize);
        if (!(LearningRate > 0 && double.IsFinite(LearningRate))) yield return Wrong("MT1726", nameof(LearningRate), "greater than 0 and finite", LearningRate);
        if (!(WeightDecay >= 0 && double.IsFinite(WeightDecay))) yield return Wrong("MT1727", nameof(WeightDecay), "a finite number of at least 0", WeightDecay);
        if (!(WarmupRatio >= 0 && WarmupRatio < 1)) yield return Wrong("MT1728", nameof(WarmupRatio), "in [0, 1)", WarmupRatio);
        if (GradientAccumulationSteps < 1) yield return Wrong("MT1729", nameof(GradientAccumulationSteps), "at least 1", GradientAccumulationSteps);
        if (!(MaxGradNorm >= 0)) yield return Wrong("MT1730", nameof(MaxGradNorm), "at least 0", MaxGradNorm);
        if (Patience < 1) yield return Wrong("MT1731", nameof(Patience), "at least 1", Patience);
        if (!(MinDelta >= 0 && double.IsFinite(MinDelta))) yield return Wrong("MT1732", nameof(MinDelta), "a finite number of at least 0", MinDelta);
        foreach (var (option, isGiven) in new[] { (nameof(Optimizer), Optimizer is not null), (nameof(Schedule), Schedule is not null), (nameof(ParameterGroups), !ParameterGroups.IsDefault), (nameof(Monitor), Monitor is not null), (nameof(Backend), Backend is not null) })
        {
            if (!isGiven) yield return new Problem("MT1754", $"The '{option}' option of {entry} is null. Leave it out, for its default.");
        }

        if (Monitor is not null and not "loss" && Metrics.All.All(metric => metric.Key != Monitor))
        {
            yield return new Problem("MT1733", $"The 'Monitor' option of {entry} must be loss or the key of a metric. Got '{Monitor}'. {NearestNames.Sentence(Monitor, ["loss", .. Metrics.All.Select(metric => metric.Key)])}");
        }

        foreach (var problem in (BatchSizeFinder?.Validate(entry) ?? []).Concat(LearningRateFinder?.Validate(entry) ?? [])) yield return problem;
        foreach (var problem in (Optimizer?.Validate() ?? []).Concat(Schedule?.Validate() ?? []).Concat(Averaging?.Validate() ?? [])) yield return problem;
        foreach (var problem in ParameterGroups.IsDefault ? [] : ParameterGroups.SelectMany(group => group.Validate())) yield return problem;
    }
}
