namespace ModelTraining;

/// <summary>
/// Makes (y − Xb)ᵀW(y − Xb)/2W + λ₁‖b‖₁ + λ₂/2·‖b‖² small, a coefficient at a time, by the products of the features alone: rows are not looked at again
/// (the covariance updates of Friedman, Hastie and Tibshirani, Journal of Statistical Software 33, 2010).
/// </summary>
internal sealed class CoordinateDescent
{
    private readonly double[] _products;
    private readonly double[] _targetProducts;
    private readonly double[] _fit;
    private readonly bool[] _isOut;
    private readonly double _l1;
    private readonly double _l2;

    public CoordinateDescent(LeastSquares squares, DesignMatrix design, double l1, double l2)
    {
        (_l1, _l2) = (l1, l2);
        _products = Array.ConvertAll(squares.Products, product => product / design.TotalWeight);
        _targetProducts = Array.ConvertAll(squares.TargetProducts, product => product / design.TotalWeight);
        TargetVariance = squares.TargetSquares / design.TotalWeight;
        Coefficients = new double[design.Features];
        _fit = new double[design.Features];
        _isOut = [.. Enumerable.Range(0, design.Features).Select(feature => design.IsConstant(feature) || Row(feature)[feature] <= 0)];
    }

    public double[] Coefficients { get; }

    /// <summary>The mean square of the target, centred.</summary>
    public double TargetVariance { get; }

    /// <summary>The mean squared error.</summary>
    public double SquaredError => Math.Max(0, TargetVariance - (2 * Vectors.Dot(_targetProducts, Coefficients)) + Vectors.Dot(_fit, Coefficients));

    /// <summary>The L1 penalty from which on all coefficients are 0.</summary>
    public double LeastL1OfNothing => _targetProducts.Max(Math.Abs);

    /// <summary>
    /// By how much the objective may still fall, from the residuals scaled down to where they are feasible for the dual problem (Kim et al., IEEE Journal of
    /// Selected Topics in Signal Processing 1, 2007); of the L2 penalty as if it were rows more.
    /// </summary>
    public double Gap
    {
        get
        {
            var most = 0.0;
            for (var i = 0; i < Coefficients.Length; i++) if (!_isOut[i]) most = Math.Max(most, Math.Abs(Gradient(i) - (_l2 * Coefficients[i])));
            var scale = most > _l1 ? _l1 / most : 1;
            var (error, ridge) = (SquaredError, _l2 * Vectors.Dot(Coefficients, Coefficients));
            var primal = ((error + ridge) / 2) + (_l1 * Coefficients.Sum(Math.Abs));
            var residualTimesTarget = TargetVariance - Vectors.Dot(_targetProducts, Coefficients);
            var dual = (scale * residualTimesTarget) - (scale * scale * (error + ridge) / 2);
            return primal - dual;
        }
    }

    /// <summary>Sets each coefficient once to what is best while the others stay.</summary>
    public void Round()
    {
        for (var i = 0; i < Coefficients.Length; i++)
        {
            if (_isOut[i]) continue;
            var own = Row(i)[i];
            var (before, pull) = (Coefficients[i], Gradient(i) + (own * Coefficients[i]));
            var after = Math.CopySign(Math.Max(Math.Abs(pull) - _l1, 0), pull) / (own + _l2);
            if (after == before) continue;
            Coefficients[i] = after;
            Vectors.AddScaled(Row(i), after - before, _fit);
        }
    }

    /// <summary>xᵀW(y − Xb)/W of a feature.</summary>
    private double Gradient(int feature) => _targetProducts[feature] - _fit[feature];

    private ReadOnlySpan<double> Row(int feature) => _products.AsSpan(feature * Coefficients.Length, Coefficients.Length);
}
