namespace ModelTraining;

/// <summary>Ridge regression as a trainer.</summary>
internal sealed class RidgeTrainer(RidgeOptions options) : LinearTrainer("Linear.Ridge", false, options.FitIntercept)
{
    public override IEnumerable<Problem> Validate() => options.Validate();

    protected override LinearModel Train(TrainingData data, DesignMatrix design, TrainingContext context, CancellationToken cancellationToken)
    {
        var curve = new LinearCurve(context, "rmse", 1);
        var squares = new LeastSquares(design, options.FitIntercept, context.Threads, cancellationToken);
        var size = design.Features;
        for (var i = 0; i < size; i++) squares.Products[((long)i * size) + i] += options.Alpha;
        var factor = new Cholesky(squares.Products, size, column => design.IsConstant(column), context.Threads);
        WarnOfCombinations(data, design, factor, context);
        var coefficients = factor.Solve(squares.TargetProducts);
        var error = squares.SquaredError(coefficients);
        curve.Add(Math.Sqrt(error / design.TotalWeight));
        var (errors, interceptError) = Errors(design, factor, error);
        return Model(data, design, coefficients, [squares.Intercept(coefficients)], errors, interceptError, RunStatus.Completed, curve.End());
    }

    private static void WarnOfCombinations(TrainingData data, DesignMatrix design, Cholesky factor, TrainingContext context)
    {
        var names = data.Features.Features.Where((_, i) => factor.IsOut[i] && !design.IsConstant(i)).Select(feature => $"'{feature.Name}'").ToList();
        if (names.Count == 0) return;
        context.Warn($"{string.Join(", ", names)}: a linear combination of the features before, so the coefficient is 0 without a standard error. With an Alpha above 0 such features share the effect.");
    }

    /// <summary>Standard errors, from the residuals' variance and the inverse of what was solved.</summary>
    private (double[]? OfCoefficients, double[]? OfIntercept) Errors(DesignMatrix design, Cholesky factor, double error)
    {
        var inverse = factor.InverseDiagonal();
        // The trace of (G + αI)⁻¹G: with α = 0 the number of coefficients.
        var freedom = factor.IsOut.Count(isOut => !isOut) - (options.Alpha * inverse.Sum()) + (options.FitIntercept ? 1 : 0);
        if (design.Rows - freedom < 1e-9) return (null, null);
        var variance = error / (design.Rows - freedom);
        var errors = new double[design.Features];
        for (var i = 0; i < errors.Length; i++) errors[i] = factor.IsOut[i] ? double.NaN : Math.Sqrt(variance * inverse[i]);
        return (errors, options.FitIntercept ? [Math.Sqrt(variance * ((1 / design.TotalWeight) + factor.InverseQuadratic(design.Centres)))] : null);
    }
}
