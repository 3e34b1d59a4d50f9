namespace ModelTraining.Torch;

/// <summary>
/// What the loss is multiplied by, so that its gradients keep within 16 bits (Micikevicius et al., "Mixed Precision Training", 2018): halved where one leaves them, and
/// the update left out; doubled after so many updates in which none did.
/// </summary>
internal sealed class LossScale
{
    /// <summary>What a checkpoint calls it.</summary>
    public const string Name = "loss_scale";

    /// <summary>At which a gradient that is not finite is none of the scale's.</summary>
    private const float Least = 1;

    private readonly int _growthInterval;

    public LossScale(TorchSharpOptions options) => (_growthInterval, State) = (options.LossScaleGrowthInterval, [(float)options.InitialLossScale, 0]);

    /// <summary>The scale, and the updates since it last changed.</summary>
    public float[] State { get; }

    /// <summary>The scale.</summary>
    public double Value => State[0];

    /// <summary>Follows an update.</summary>
    /// <param name="overflowed">Whether a gradient was not finite.</param>
    /// <returns>Whether the scale was the cause, so that the update is left out and the training goes on.</returns>
    public bool Follow(bool overflowed)
    {
        if (overflowed)
        {
            if (State[0] <= Least) return false;
            (State[0], State[1]) = (State[0] / 2, 0);
            return true;
        }

        if (++State[1] >= _growthInterval) (State[0], State[1]) = (State[0] * 2, 0);
        return false;
    }
}
