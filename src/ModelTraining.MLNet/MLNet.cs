using Microsoft.ML;

namespace ModelTraining;

/// <summary>
/// ML.NET's trainers, trained and measured as all others are, and exported into the same graph. Options have ML.NET's names and, but for seeds and threads, ML.NET's defaults.
/// Trainers that tell two classes apart are trained one class against all others where there are three or more. Scores that are no probabilities become such by
/// Platt scaling on the training rows, as with ML.NET's own calibrator estimator. Training is cancelled, without a model, where ML.NET looks for it: between trees, iterations and rows.
/// </summary>
public static class MLNet
{
    /// <summary>Gradient boosting (MART; Friedman, Annals of Statistics 29, 2001): classes and numbers. Early stopping looks at the validation part.</summary>
    /// <param name="configure">Changes the options: <c>o => o with { NumberOfTrees = 500 }</c>.</param>
    public static ITrainer FastTree(Func<FastTreeOptions, FastTreeOptions>? configure = null) => new MLNetTrainer(new FastTreeAlgorithm(Configured(configure)));

    /// <summary>A random forest (Breiman, Machine Learning 45, 2001) of FastTree's trees: classes and numbers.</summary>
    /// <param name="configure">Changes the options: <c>o => o with { NumberOfTrees = 500 }</c>.</param>
    public static ITrainer FastForest(Func<FastForestOptions, FastForestOptions>? configure = null) => new MLNetTrainer(new FastForestAlgorithm(Configured(configure)));

    /// <summary>
    /// A generalized additive model (Lou, Caruana and Gehrke, KDD 2012): a function of each feature by itself, and their sum: classes and numbers.
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { NumberOfIterations = 2000 }</c>.</param>
    public static ITrainer Gam(Func<GamOptions, GamOptions>? configure = null) => new MLNetTrainer(new GamAlgorithm(Configured(configure)));

    /// <summary>
    /// Linear models by stochastic dual coordinate ascent (Shalev-Shwartz and Zhang, JMLR 14, 2013): logistic regression of two classes, maximum entropy of more, the
    /// squared loss of numbers.
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { L2Regularization = 1e-4f }</c>.</param>
    public static ITrainer Sdca(Func<SdcaOptions, SdcaOptions>? configure = null) => new MLNetTrainer(new SdcaAlgorithm(Configured(configure)));

    /// <summary>
    /// Linear models by L-BFGS (Andrew and Gao, ICML 2007, where there is an L1 penalty): logistic regression of two classes, maximum entropy of more, Poisson
    /// regression of numbers, which must not be negative.
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { L1Regularization = 0 }</c>.</param>
    public static ITrainer Lbfgs(Func<LbfgsOptions, LbfgsOptions>? configure = null) => new MLNetTrainer(new LbfgsAlgorithm(Configured(configure)));

    /// <summary>The averaged perceptron (Freund and Schapire, Machine Learning 37, 1999): classes. Takes no weights.</summary>
    /// <param name="configure">Changes the options: <c>o => o with { NumberOfIterations = 50 }</c>.</param>
    public static ITrainer AveragedPerceptron(Func<AveragedPerceptronOptions, AveragedPerceptronOptions>? configure = null) => new MLNetTrainer(new AveragedPerceptronAlgorithm(Configured(configure)));

    /// <summary>A linear support vector machine (Pegasos; Shalev-Shwartz et al., Mathematical Programming 127, 2011): classes.</summary>
    /// <param name="configure">Changes the options: <c>o => o with { Lambda = 1e-4f }</c>.</param>
    public static ITrainer LinearSvm(Func<LinearSvmOptions, LinearSvmOptions>? configure = null) => new MLNetTrainer(new LinearSvmAlgorithm(Configured(configure)));

    /// <summary>One model a class, which tells it from all others, of a trainer that could do otherwise, or with options of its own. Their probabilities are made to sum to 1.</summary>
    /// <param name="trainer">One of this class that tells two classes apart.</param>
    /// <param name="configure">Changes the options: <c>o => o with { MaximumCalibrationExampleCount = 10_000 }</c>.</param>
    public static ITrainer OneVersusAll(ITrainer trainer, Func<OneVersusAllOptions, OneVersusAllOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return new MLNetTrainer(new OneVersusAllAlgorithm(trainer, Configured(configure)));
    }

    /// <summary>
    /// Any estimator. It finds a vector of numbers 'Features', a 'Label' (a Boolean of two classes, a key of more, a number), and where rows are weighted a 'Weight'; it
    /// has to give a 'Probability' or 'Score' of two classes, a 'Score' of more that are probabilities, a 'Score' of numbers. It is made twice: whether it can be
    /// converted to ONNX is tried on a few rows before it is trained. What can't be is warned of, or is an error where the pipeline exports; <see cref="MLNetModel.Save"/> writes it as ML.NET does.
    /// </summary>
    /// <param name="estimator">Makes the estimator, for example <c>context => context.Regression.Trainers.OnlineGradientDescent()</c>.</param>
    /// <param name="needs">In what form it wants the features. Default: without missing values and categories, as they are in scale.</param>
    /// <param name="seed">The seed of ML.NET's context. Default null: drawn from the run's.</param>
    public static ITrainer Use(Func<MLContext, IEstimator<ITransformer>> estimator, TrainerNeeds? needs = null, int? seed = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        return new MLNetTrainer(new EstimatorAlgorithm(estimator, needs ?? new TrainerNeeds(), seed));
    }

    /// <summary>
    /// The rows of an <see cref="IDataView"/> as a source. Single and Double are Number, integers Integer, Boolean Boolean, text Text; keys are Text where they have values of
    /// text, otherwise Integer from 0; dates DateTime; vectors of Single or Double of a known size Tensor. Missing text is what <see cref="TextFormat.IsMissing"/> says.
    /// </summary>
    /// <param name="view">The rows, read once a run.</param>
    /// <param name="label">The column that the model learns to predict.</param>
    /// <param name="roles">More roles, by column. A column that is ignored and of a type that a table has not is left out.</param>
    public static IDataSource DataView(IDataView view, string? label = null, IReadOnlyDictionary<string, ColumnRole>? roles = null)
    {
        ArgumentNullException.ThrowIfNull(view);
        var all = roles is null ? [] : roles.ToDictionary();
        if (label is not null) all[label] = ColumnRole.Label;
        return new DataViewSource(view, all);
    }

    internal static T Configured<T>(Func<T, T>? configure) where T : class, new()
    {
        var options = new T();
        return configure is null ? options : configure(options) ?? throw new ArgumentException("The options were configured to null.", nameof(configure));
    }
}
