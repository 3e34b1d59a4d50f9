using System.Numerics;

namespace ModelTraining;

/// <summary>An optimizer's formula for a block of weights.</summary>
internal abstract class WeightUpdate
{
    /// <summary>What the formula needs of this step, before any block.</summary>
    /// <param name="step">The number of the update, from 1.</param>
    public virtual void Begin(long step)
    {
    }

    /// <summary>Updates a block of a weight.</summary>
    /// <param name="weights">Weights.</param>
    /// <param name="gradients">Their gradients, before <paramref name="rates"/>' scale.</param>
    /// <param name="first">The optimizer's first state; empty when it has none.</param>
    /// <param name="second">The optimizer's second state; empty when it has none.</param>
    /// <param name="rates">Learning rate, decay, and what gradients are multiplied by.</param>
    public abstract void Apply(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, in UpdateRates rates);

    /// <summary>The formula of an optimizer.</summary>
    public static WeightUpdate Of(Optimizer optimizer) => optimizer switch
    {
        Sgd sgd => new SgdUpdate(sgd),
        Adam adam => new AdamUpdate(adam.Beta1, adam.Beta2, adam.Epsilon, decoupled: false),
        AdamW adam => new AdamUpdate(adam.Beta1, adam.Beta2, adam.Epsilon, decoupled: true),
        RmsProp prop => new RmsPropUpdate(prop),
        Adagrad adagrad => new AdagradUpdate(adagrad),
        Lion lion => new LionUpdate(lion),
        _ => throw new NotSupportedException($"{optimizer.GetType().Name} has no update."),
    };

    /// <summary>The gradient with weight decay added to it.</summary>
    private protected static Vector<float> Gradient(ReadOnlySpan<float> gradients, ReadOnlySpan<float> weights, int at, Vector<float> scale, Vector<float> decay) =>
        (Load(gradients, at) * scale) + (Load(weights, at) * decay);

    private protected static Vector<float> Load(ReadOnlySpan<float> values, int at) => new(values[at..]);

    private protected static void Store(Vector<float> vector, Span<float> values, int at) => vector.CopyTo(values[at..]);
}
