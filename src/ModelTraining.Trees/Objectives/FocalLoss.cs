using System.Globalization;

namespace ModelTraining;

/// <summary>
/// The cross-entropy of two classes times (1 − p)^γ, p being the probability of the true class. As a function f of the cross-entropy c its second derivative by the score is f′(c)·c″ + f″(c)·c′².
/// Where a row is far on the wrong side f″ is below 0, and there the second term is left out, as Gauss and Newton do: the first is the hessian of the cross-entropy, which no row makes negative.
/// </summary>
/// <param name="gamma">The power.</param>
internal sealed class FocalLoss(double gamma) : BoostingObjective
{
    private const double MostLogOdds = 30;

    public override string Metric => "focal_loss";

    internal override LearningTask Task => LearningTask.BinaryClassification;

    internal override string Targets => "classes";

    public override bool Accepts(double target) => target is 0 or 1;

    public override double Loss(double score, double target)
    {
        var margin = target > 0 ? score : -score;
        return Math.Pow(Miss(margin), gamma) * CrossEntropy(margin);
    }

    public override (double Gradient, double Hessian) Differentiate(double score, double target)
    {
        var margin = target > 0 ? score : -score;
        var (entropy, miss) = (CrossEntropy(margin), Miss(margin));
        // By the margin c′ = −miss and c″ = miss · hit; by c miss′ = hit. What both derivatives have in common is kept out of them, so that nothing is divided by a miss of almost 0.
        var (hit, common) = (1 - miss, Math.Pow(miss, gamma));
        var slope = common * (miss + (gamma * hit * entropy));
        var bend = common * gamma * hit * ((2 * miss) + ((((gamma - 1) * hit) - miss) * entropy));
        return (target > 0 ? -slope : slope, (slope * hit) + Math.Max(0, bend));
    }

    /// <summary>The log-odds that are the same for all rows and best for them, by halving: the slope of the sum is below 0 on the one end and above it on the other.</summary>
    public override double InitialScore(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        var (positive, negative) = (0.0, 0.0);
        for (var row = 0; row < targets.Length; row++)
        {
            if (targets[row] > 0) positive += weights[row];
            else negative += weights[row];
        }

        var (low, high) = (-MostLogOdds, MostLogOdds);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            if ((positive * Differentiate(middle, 1).Gradient) + (negative * Differentiate(middle, 0).Gradient) < 0) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"focal {gamma}");

    internal override IEnumerable<Problem> Validate() =>
        gamma >= 0 && double.IsFinite(gamma) ? [] : [new Problem("MT1420", string.Create(CultureInfo.InvariantCulture, $"The 'gamma' of BoostingObjective.Focal must be a finite number of at least 0. Got {gamma}. 2 is usual; 0 is log_loss."))];

    /// <summary>ln(1 + e^−margin), which no margin makes infinite.</summary>
    private static double CrossEntropy(double margin) => Math.Max(-margin, 0) + Math.Log(1 + Math.Exp(-Math.Abs(margin)));

    /// <summary>The probability of the wrong class.</summary>
    private static double Miss(double margin) => margin < 0 ? 1 / (1 + Math.Exp(margin)) : Math.Exp(-margin) / (1 + Math.Exp(-margin));
}
