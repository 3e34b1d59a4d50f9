namespace ModelTraining;

/// <summary>
/// Trainers of models that are a weighted sum of the features. They want features of like scale, without missing values, and categories as quantities,
/// which the pipeline's features stage sees to; coefficients are therefore per standard deviation of a feature. The model is the same, bit for bit,
/// whatever the number of threads; nothing in it is random. <c>run.Model as LinearModel</c> has the coefficients.
/// </summary>
public static class Linear
{
    /// <summary>
    /// Logistic regression: of two classes the probability of the second is the sigmoid of a weighted sum, of more the probabilities are the softmax of
    /// one sum a class. Fitted by L-BFGS (Liu and Nocedal, 1989), with an L1 penalty by OWL-QN (Andrew and Gao, ICML 2007).
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { Alpha = 0.1 }</c>.</param>
    public static ITrainer Logistic(Func<LogisticOptions, LogisticOptions>? configure = null) => new LogisticTrainer(Configured(new LogisticOptions(), configure));

    /// <summary>
    /// Least squares with an L2 penalty, solved exactly. With <see cref="RidgeOptions.Alpha"/> 0 it is ordinary least squares, and the model has the
    /// classical standard errors.
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { Alpha = 0 }</c>.</param>
    public static ITrainer Ridge(Func<RidgeOptions, RidgeOptions>? configure = null) => new RidgeTrainer(Configured(new RidgeOptions(), configure));

    /// <summary>
    /// Least squares with an L1 penalty, which leaves the features out that matter least: their coefficients are 0. Fitted by cyclic coordinate descent
    /// (Friedman, Hastie and Tibshirani, Journal of Statistical Software 33, 2010).
    /// </summary>
    /// <param name="configure">Changes the options: <c>o => o with { Alpha = 0.1 }</c>.</param>
    public static ITrainer Lasso(Func<LassoOptions, LassoOptions>? configure = null) => new ElasticNetTrainer(Configured(new LassoOptions(), configure));

    /// <summary>Least squares with both an L1 and an L2 penalty: leaves features out as <see cref="Lasso"/> does, and keeps those together that go together.</summary>
    /// <param name="configure">Changes the options: <c>o => o with { Alpha = 0.1, L1Ratio = 0.9 }</c>.</param>
    public static ITrainer ElasticNet(Func<ElasticNetOptions, ElasticNetOptions>? configure = null) => new ElasticNetTrainer(Configured(new ElasticNetOptions(), configure));

    private static T Configured<T>(T options, Func<T, T>? configure)
        where T : class => configure is null ? options : configure(options) ?? throw new ArgumentException("The options were configured to null.", nameof(configure));
}
