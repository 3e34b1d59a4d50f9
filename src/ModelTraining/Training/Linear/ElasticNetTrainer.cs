using System.Globalization;

namespace ModelTraining;

/// <summary>Least squares with an L1 penalty, and maybe an L2 penalty, as a trainer.</summary>
internal sealed class ElasticNetTrainer : LinearTrainer
{
    private readonly ElasticNetOptions _options;
    private readonly Func<IEnumerable<Problem>> _validate;

    public ElasticNetTrainer(ElasticNetOptions options)
        : base("Linear.ElasticNet", false, options.FitIntercept) => (_options, _validate) = (options, options.Validate);

    public ElasticNetTrainer(LassoOptions options)
        : base("Linear.Lasso", false, options.FitIntercept)
    {
        _options = new ElasticNetOptions { Alpha = options.Alpha, L1Ratio = 1, MaxIterations = options.MaxIterations, Tolerance = options.Tolerance, FitIntercept = options.FitIntercept };
        _validate = options.Validate;
    }

    public override IEnumerable<Problem> Validate() => _validate();

    protected override LinearModel Train(TrainingData data, DesignMatrix design, TrainingContext context, CancellationToken cancellationToken)
    {
        var curve = new LinearCurve(context, "rmse", _options.MaxIterations);
        var squares = new LeastSquares(design, _options.FitIntercept, context.Threads, cancellationToken);
        var descent = new CoordinateDescent(squares, design, _options.Alpha * _options.L1Ratio, _options.Alpha * (1 - _options.L1Ratio));
        var (status, converged) = (RunStatus.Completed, false);
        while (!converged && curve.Iterations < _options.MaxIterations)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                if (curve.Iterations == 0) cancellationToken.ThrowIfCancellationRequested();
                status = RunStatus.Cancelled;
                break;
            }

            descent.Round();
            curve.Add(Math.Sqrt(descent.SquaredError));
            converged = descent.Gap <= _options.Tolerance * descent.TargetVariance;
        }

        Warn(descent, converged || status == RunStatus.Cancelled, context);
        return Model(data, design, descent.Coefficients, [squares.Intercept(descent.Coefficients)], null, null, status, curve.End());
    }

    private void Warn(CoordinateDescent descent, bool converged, TrainingContext context)
    {
        if (!converged)
        {
            context.Warn(string.Create(CultureInfo.InvariantCulture, $"{Name} did not converge in {_options.MaxIterations} iterations: the duality gap is {descent.Gap:G3}. Raise MaxIterations, Alpha or Tolerance."));
        }
        else if (_options.Alpha > 0 && descent.TargetVariance > 0 && descent.Coefficients.All(coefficient => coefficient == 0))
        {
            context.Warn(string.Create(CultureInfo.InvariantCulture, $"{Name} left out every feature: all coefficients are 0 from an Alpha of {descent.LeastL1OfNothing / _options.L1Ratio:G3} on, and it is {_options.Alpha:G3}. Lower it."));
        }
    }
}
