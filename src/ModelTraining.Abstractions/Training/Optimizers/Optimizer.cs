namespace ModelTraining;

/// <summary>
/// How weights follow their gradients: <see cref="Sgd"/>, <see cref="Adam"/>, <see cref="AdamW"/>, <see cref="RmsProp"/>, <see cref="Adagrad"/>,
/// <see cref="Lion"/>. Learning rate and weight decay are options of the training, not of the optimizer. Every backend knows all of them, with PyTorch's
/// formulas and names of state.
/// </summary>
public abstract record Optimizer
{
    private protected Optimizer()
    {
    }

    /// <summary>What it keeps for each weight, under PyTorch's names, for example exp_avg. Two at most.</summary>
    public abstract IReadOnlyList<string> State { get; }

    /// <summary>Whether weight decay shrinks the weights themselves (Loshchilov and Hutter, 2019), and is not added to their gradients.</summary>
    public virtual bool DecouplesWeightDecay => false;

    internal abstract IEnumerable<Problem> Validate();

    private protected static IEnumerable<Problem> CheckShare(string option, double value)
    {
        if (!(value >= 0 && value < 1)) yield return new Problem("MT1720", FormattableString.Invariant($"The '{option}' option of the optimizer must be in [0, 1). Got {value}."));
    }

    private protected static IEnumerable<Problem> CheckPositive(string option, double value)
    {
        if (!(value > 0 && double.IsFinite(value))) yield return new Problem("MT1721", FormattableString.Invariant($"The '{option}' option of the optimizer must be greater than 0 and finite. Got {value}."));
    }
}
