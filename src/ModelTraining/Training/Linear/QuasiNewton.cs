namespace ModelTraining;

/// <summary>
/// Makes a smooth convex function plus Σ λᵢ|xᵢ| small: L-BFGS (Liu and Nocedal, 1989) from a diagonal estimate of the curvature, and where there is an L1
/// penalty within an orthant at a time (OWL-QN; Andrew and Gao, ICML 2007). Not thread-safe.
/// </summary>
internal sealed class QuasiNewton
{
    public const int Memory = 10;
    private const int MostHalvings = 50;
    private const double LeastShareOfPromised = 1e-4;
    private readonly Func<double[], double[], double> _evaluate;
    private readonly double[] _curvature;
    private readonly double[]? _l1;
    private readonly List<(double[] Step, double[] Change, double Product)> _pairs = [];
    private double[] _gradient;
    private double _value;

    /// <param name="evaluate">The function's value at a point; writes its gradient into the second argument.</param>
    /// <param name="curvature">The second derivatives or an estimate of them, above 0.</param>
    /// <param name="l1">The penalties; null for none.</param>
    public QuasiNewton(Func<double[], double[], double> evaluate, double[] curvature, double[]? l1)
    {
        (_evaluate, _curvature, _l1) = (evaluate, curvature, l1);
        (Position, _gradient) = (new double[curvature.Length], new double[curvature.Length]);
        _value = evaluate(Position, _gradient);
        Slope = Descent();
    }

    public double[] Position { get; private set; }

    /// <summary>The direction of steepest descent, negated: the gradient, or with a penalty the one of least norm there is.</summary>
    public double[] Slope { get; private set; }

    /// <summary>Takes a step; says whether there was one that leads down.</summary>
    public bool Step()
    {
        if (Search()) return true;
        if (_pairs.Count == 0) return false;
        _pairs.Clear();
        return Search();
    }

    private bool Search()
    {
        var direction = Direction();
        var gradient = new double[Position.Length];
        for (var (halving, length) = (0, 1.0); halving < MostHalvings; halving++, length /= 2)
        {
            var position = Moved(direction, length);
            var promised = 0.0;
            for (var i = 0; i < position.Length; i++) promised += Slope[i] * (position[i] - Position[i]);
            if (promised >= 0) return false;
            var value = _evaluate(position, gradient);
            var before = _value + Penalty(Position);
            // Of values that large the last digits are rounding.
            if (!(value + Penalty(position) <= before + (LeastShareOfPromised * promised) + (1e-15 * Math.Abs(before)))) continue;
            Remember(position, gradient);
            (Position, _gradient, _value) = (position, gradient, value);
            Slope = Descent();
            return true;
        }

        return false;
    }

    /// <summary>−H·slope by the two loops over the remembered steps.</summary>
    private double[] Direction()
    {
        var direction = Array.ConvertAll(Slope, slope => -slope);
        var products = new double[_pairs.Count];
        for (var i = _pairs.Count - 1; i >= 0; i--)
        {
            products[i] = Vectors.Dot(_pairs[i].Step, direction) / _pairs[i].Product;
            Vectors.AddScaled(_pairs[i].Change, -products[i], direction);
        }

        var scale = 1.0;
        if (_pairs.Count > 0)
        {
            var last = _pairs[^1];
            var square = 0.0;
            for (var i = 0; i < direction.Length; i++) square += last.Change[i] * last.Change[i] / _curvature[i];
            scale = last.Product / square;
        }

        for (var i = 0; i < direction.Length; i++) direction[i] *= scale / _curvature[i];
        for (var i = 0; i < _pairs.Count; i++) Vectors.AddScaled(_pairs[i].Step, products[i] - (Vectors.Dot(_pairs[i].Change, direction) / _pairs[i].Product), direction);
        if (_l1 is not null)
        {
            for (var i = 0; i < direction.Length; i++) if (_l1[i] > 0 && direction[i] * Slope[i] >= 0) direction[i] = 0;
        }

        return direction;
    }

    private double[] Moved(double[] direction, double length)
    {
        var position = new double[Position.Length];
        for (var i = 0; i < position.Length; i++)
        {
            position[i] = Position[i] + (length * direction[i]);
            if (_l1 is null || _l1[i] == 0) continue;
            var sign = Position[i] != 0 ? Math.Sign(Position[i]) : -Math.Sign(Slope[i]);
            if (position[i] * sign <= 0) position[i] = 0;
        }

        return position;
    }

    private void Remember(double[] position, double[] gradient)
    {
        var (step, change) = (new double[position.Length], new double[position.Length]);
        for (var i = 0; i < step.Length; i++) (step[i], change[i]) = (position[i] - Position[i], gradient[i] - _gradient[i]);
        var product = Vectors.Dot(step, change);
        if (!(product > 1e-12 * Math.Sqrt(Vectors.Dot(step, step) * Vectors.Dot(change, change)))) return;
        if (_pairs.Count == Memory) _pairs.RemoveAt(0);
        _pairs.Add((step, change, product));
    }

    private double Penalty(double[] position)
    {
        if (_l1 is null) return 0;
        var sum = 0.0;
        for (var i = 0; i < position.Length; i++) sum += _l1[i] * Math.Abs(position[i]);
        return sum;
    }

    private double[] Descent()
    {
        if (_l1 is null) return _gradient;
        var slope = new double[_gradient.Length];
        for (var i = 0; i < slope.Length; i++)
        {
            slope[i] = Position[i] != 0 ? _gradient[i] + (Math.Sign(Position[i]) * _l1[i])
                : Math.CopySign(Math.Max(0, Math.Abs(_gradient[i]) - _l1[i]), _gradient[i]);
        }

        return slope;
    }
}
