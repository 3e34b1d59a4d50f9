using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// What gradient boosting makes small where numbers are predicted, or by <see cref="Focal"/> of two classes: one of those here, or a class of your own with a loss, its derivatives by the score, and a
/// score to start from. Trees are summed into a score; the prediction is the score itself unless <see cref="Predict"/> and <see cref="Emit"/> say otherwise.
/// Implementations are immutable, and are called from many threads at the same time.
/// </summary>
public abstract class BoostingObjective
{
    /// <summary>Half the squared error: the mean is predicted. The learning curve shows rmse.</summary>
    public static BoostingObjective SquaredError { get; } = new SquaredErrorLoss();

    /// <summary>The absolute error: the median is predicted. A leaf's value is the median of what its rows are off by (Friedman, Annals of Statistics 29, 2001), so L1 and L2 weigh splits only.</summary>
    public static BoostingObjective AbsoluteError { get; } = new QuantileLoss(0.5, "mae", 2);

    /// <summary>The deviance of the Poisson distribution, for counts: its mean is predicted, as the exponential of the score. Targets are at least 0.</summary>
    public static BoostingObjective Poisson { get; } = new PoissonLoss();

    /// <summary>
    /// Squared error up to a distance from the target and linear beyond it (Huber, 1964), so that a few rows that are far off do not pull the model. Leaves get
    /// Friedman's values (Annals of Statistics 29, 2001, algorithm 4): the median, and the mean of what is left up to the distance.
    /// </summary>
    /// <param name="delta">The distance, in the unit of the label; above 0.</param>
    public static BoostingObjective Huber(double delta) => new HuberLoss(delta);

    /// <summary>The pinball loss (Koenker and Bassett, 1978): a quantile is predicted, below which a share of the targets lies. A leaf's value is that quantile of what its rows are off by.</summary>
    /// <param name="alpha">The share, in (0, 1): 0.9 predicts what nine of ten targets stay below.</param>
    public static BoostingObjective Quantile(double alpha) => new QuantileLoss(alpha, "pinball", 1);

    /// <summary>
    /// The deviance of a Tweedie distribution between Poisson and gamma, for amounts that are often 0, such as the claims of a contract: its mean is predicted, as
    /// the exponential of the score. Targets are at least 0.
    /// </summary>
    /// <param name="variancePower">The variance grows with this power of the mean, in (1, 2). Default 1.5.</param>
    public static BoostingObjective Tweedie(double variancePower = 1.5) => new TweedieLoss(variancePower);

    /// <summary>
    /// The focal loss of two classes, log_loss times (1 − p)^gamma, so that rows that are right already count less (Lin et al., "Focal loss for dense object detection", ICCV 2017). The paper's
    /// alpha is a weight of classes: <c>Balance(ClassWeights.Of(...))</c>. Probabilities come out nearer to 0.5 than shares are; <c>Calibrate</c> mends that.
    /// </summary>
    /// <param name="gamma">The power, at least 0; 0 is log_loss. Default 2.</param>
    public static BoostingObjective Focal(double gamma = 2) => new FocalLoss(gamma);

    /// <summary>The key of what the learning curve shows, for example pinball: the mean of <see cref="Loss"/>.</summary>
    public abstract string Metric { get; }

    /// <summary>The loss of a row for the learning curve and for early stopping; smaller is better.</summary>
    /// <param name="score">The score of the row.</param>
    /// <param name="target">What the row's prediction should be.</param>
    public abstract double Loss(double score, double target);

    /// <summary>First and second derivative by the score of what is made small; the second (hessian) is not negative. The row's weight is not in them.</summary>
    /// <param name="score">The score of the row.</param>
    /// <param name="target">What the row's prediction should be.</param>
    public abstract (double Gradient, double Hessian) Differentiate(double score, double target);

    /// <summary>The score that all rows start from: best the constant of the least loss.</summary>
    /// <param name="targets">The targets of the training rows.</param>
    /// <param name="weights">Their weights, all above 0.</param>
    public abstract double InitialScore(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights);

    /// <summary>Whether a target can be learned from. Default: every finite number.</summary>
    public virtual bool Accepts(double target) => true;

    /// <summary>The prediction that a score stands for. Default: the score.</summary>
    public virtual double Predict(double score) => score;

    /// <summary>Writes <see cref="Predict"/> into the exported graph, with the operators of ModelTraining.Onnx: <c>scores.Exp()</c>. Default: the scores as they are.</summary>
    /// <param name="scores">Float [batch, 1].</param>
    /// <returns>Float [batch, 1].</returns>
    public virtual Value Emit(Value scores) => scores;

    /// <summary>The key of the metric; of the objectives here with their numbers.</summary>
    public override string ToString() => Metric;

    /// <summary>What it is for.</summary>
    internal virtual LearningTask Task => LearningTask.Regression;

    /// <summary>Whether every hessian is 1; rows are then counted, not estimated.</summary>
    internal virtual bool ConstantHessian => false;

    /// <summary>The largest step of a leaf where nobody says any; null for none.</summary>
    internal virtual double? MaxDeltaStep => null;

    /// <summary>What the targets must be, for messages.</summary>
    internal virtual string Targets => "others";

    /// <summary>What is wrong with its numbers.</summary>
    internal virtual IEnumerable<Problem> Validate() => [];

    /// <summary>A leaf's value from what its rows are off by; null where gradients and hessians say it.</summary>
    internal virtual LeafOfResiduals? Renewal => null;
}
