namespace ModelTraining;

/// <summary>The nearest minimum of a smooth function of some variables: BFGS with steps that are halved until they pay (Nocedal and Wright, "Numerical Optimization", 2006).</summary>
internal static class QuasiNewtonSearch
{
    private const int MostSteps = 40;
    private const int MostHalvings = 20;

    /// <param name="function">Gives the value at a point, and writes its derivatives.</param>
    /// <param name="start">Where to begin, where the value is finite.</param>
    public static (double[] Point, double Value) Minimize(Func<double[], double[], double> function, double[] start)
    {
        var size = start.Length;
        var (point, gradient) = ((double[])start.Clone(), new double[size]);
        var value = function(point, gradient);
        var inverse = Identity(size);
        for (var step = 0; step < MostSteps; step++)
        {
            var direction = new double[size];
            for (var i = 0; i < size; i++) for (var j = 0; j < size; j++) direction[i] -= inverse[i, j] * gradient[j];
            var slope = Dot(direction, gradient);
            if (slope >= 0)
            {
                inverse = Identity(size);
                for (var i = 0; i < size; i++) direction[i] = -gradient[i];
                slope = Dot(direction, gradient);
            }

            // Logarithms: no step should change anything by more than some tens of times.
            var length = Math.Min(1, 2 / Math.Max(1e-300, direction.Max(Math.Abs)));
            var (next, nextGradient, nextValue) = (new double[size], new double[size], double.PositiveInfinity);
            for (var halving = 0; halving < MostHalvings; halving++, length /= 2)
            {
                for (var i = 0; i < size; i++) next[i] = point[i] + (length * direction[i]);
                nextValue = function(next, nextGradient);
                if (nextValue <= value + (1e-4 * length * slope)) break;
            }

            if (!(nextValue < value)) break;
            var gained = value - nextValue;
            Update(inverse, Subtract(next, point), Subtract(nextGradient, gradient));
            (point, gradient, value) = (next, nextGradient, nextValue);
            if (gained < 1e-6 * (1 + Math.Abs(value))) break;
        }

        return (point, value);
    }

    private static void Update(double[,] inverse, double[] moved, double[] changed)
    {
        var curvature = Dot(moved, changed);
        if (curvature <= 1e-12) return;
        var size = moved.Length;
        var seen = new double[size];
        for (var i = 0; i < size; i++) for (var j = 0; j < size; j++) seen[i] += inverse[i, j] * changed[j];
        var factor = (1 + (Dot(changed, seen) / curvature)) / curvature;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++) inverse[i, j] += (factor * moved[i] * moved[j]) - (((seen[i] * moved[j]) + (moved[i] * seen[j])) / curvature);
        }
    }

    private static double[,] Identity(int size)
    {
        var identity = new double[size, size];
        for (var i = 0; i < size; i++) identity[i, i] = 1;
        return identity;
    }

    private static double[] Subtract(double[] a, double[] b) => [.. a.Zip(b, (left, right) => left - right)];

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
