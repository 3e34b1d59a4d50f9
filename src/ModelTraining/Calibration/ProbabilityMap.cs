using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// A fitted calibration, from probabilities to probabilities. Managed code and graph compute in double precision from the same 32-bit numbers, by the same
/// operations. Immutable.
/// </summary>
internal abstract class ProbabilityMap
{
    /// <summary>What takes the place of a smaller probability where a logarithm is taken: log-loss counts no finer either.</summary>
    public const double Least = LogLossMetric.Least;

    /// <summary>What was fitted, in a few words.</summary>
    public abstract string Description { get; }

    /// <summary>Calibrates rows in their place.</summary>
    /// <param name="probabilities">[rows, <paramref name="width"/>].</param>
    /// <param name="width">The number of classes.</param>
    public abstract void Apply(Span<float> probabilities, int width);

    /// <param name="probabilities">Float [batch, <paramref name="width"/>].</param>
    /// <param name="width">The number of classes.</param>
    /// <returns>Float [batch, <paramref name="width"/>].</returns>
    public abstract Value Emit(Value probabilities, int width);
}
