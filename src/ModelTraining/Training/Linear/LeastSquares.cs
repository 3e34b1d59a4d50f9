namespace ModelTraining;

/// <summary>All that least squares needs to know of the rows: products of features with each other and with the target, centred.</summary>
internal sealed class LeastSquares
{
    private readonly DesignMatrix _design;

    public LeastSquares(DesignMatrix design, bool fitIntercept, int threads, CancellationToken cancellationToken)
    {
        _design = design;
        TargetCentre = fitIntercept ? Vectors.Dot(design.Targets, design.Weights) / design.TotalWeight : 0;
        var targets = Array.ConvertAll(design.Targets, target => target - TargetCentre);
        var all = GramMatrix.Of(design, design.Weights, targets, threads, cancellationToken);
        var (size, last) = (design.Features, (long)design.Features * (design.Features + 1));
        Products = new double[(long)size * size];
        for (var row = 0; row < size; row++) Array.Copy(all, (long)row * (size + 1), Products, (long)row * size, size);
        TargetProducts = new double[size];
        Array.Copy(all, last, TargetProducts, 0, size);
        TargetSquares = all[last + size];
    }

    /// <summary>What was taken from the target: its mean, or 0 without an intercept.</summary>
    public double TargetCentre { get; }

    /// <summary>XᵀWX, row-major.</summary>
    public double[] Products { get; }

    /// <summary>XᵀWy.</summary>
    public double[] TargetProducts { get; }

    /// <summary>yᵀWy.</summary>
    public double TargetSquares { get; }

    /// <summary>What makes up for the centres.</summary>
    public double Intercept(double[] coefficients) => TargetCentre - Vectors.Dot(coefficients, _design.Centres);

    /// <summary>Σ w·(y − prediction)², from the rows: what products give loses its digits where the fit is close.</summary>
    public double SquaredError(double[] coefficients)
    {
        var intercept = Intercept(coefficients);
        var residuals = new double[DesignMatrix.BlockRows];
        var sum = 0.0;
        for (var block = 0; block < _design.Blocks; block++)
        {
            var targets = _design.Of(block, _design.Targets);
            var weights = _design.Of(block, _design.Weights);
            for (var i = 0; i < targets.Length; i++) residuals[i] = targets[i] - intercept;
            for (var feature = 0; feature < coefficients.Length; feature++) Vectors.AddScaled(_design.Column(block, feature), -coefficients[feature], residuals);
            for (var i = 0; i < targets.Length; i++) sum += weights[i] * residuals[i] * residuals[i];
        }

        return sum;
    }
}
