namespace ModelTraining;

/// <summary>
/// The nearest minimum of a smooth function of some variables: BFGS with steps that are halved until they pay (Nocedal and Wright, "Numerical Optimization", 2006). All variables may have the same
/// bounds: steps are cut to them, and a variable that is at one and would leave stays there (Bertsekas, "Projected Newton Methods", 1982).
/// </summary>
internal static class QuasiNewtonSearch
{
    private const int MostSteps = 40;
    private const int MostHalvings = 20;

    /// <param name="function">Gives the value at a point, and writes its derivatives.</param>
    /// <param name="start">Where to begin, within the bounds, where the value is finite.</param>
    /// <param name="low">The least value of each variable.</param>
    /// <param name="high">The greatest value of each variable.</param>
    /// <param name="longest">By how much a step may change a variable.</param>
    public static (double[] Point, double Value) Minimize(Func<double[], double[], double> function, double[] start, double low, double high, double longest)
    {
        var size = start.Length;
        var (point, gradient) = ((double[])start.Clone(), new double[size]);
        var value = function(point, gradient);
        var inverse = Identity(size);
        for (var step = 0; step < MostSteps; step++)
        {
            var isFree = new bool[size];
            for (var i = 0; i < size; i++) isFree[i] = gradient[i] < 0 ? point[i] < high : point[i] > low;
            var direction = Descent(inverse, gradient, isFree);
            var slope = Dot(direction, gradient);
            if (slope >= 0)
            {
                inverse = Identity(size);
                direction = Descent(inverse, gradient, isFree);
                slope = Dot(direction, gradient);
            }

            if (slope == 0) break;
            var length = Math.Min(1, longest / direction.Max(Math.Abs));
            var (next, nextGradient, nextValue) = (new double[size], new double[size], double.PositiveInfinity);
            for (var halving = 0; halving < MostHalvings; halving++, length /= 2)
            {
                for (var i = 0; i < size; i++) next[i] = Math.Clamp(point[i] + (length * direction[i]), low, high);
                nextValue = function(next, nextGradient);
                if (nextValue <= value + (1e-4 * Dot(Subtract(next, point), gradient))) break;
            }

            if (!(nextValue < value)) break;
            var gained = value - nextValue;
            Update(inverse, Subtract(next, point), Subtract(nextGradient, gradient));
            (point, gradient, value) = (next, nextGradient, nextValue);
            if (gained < 1e-6 * (1 + Math.Abs(value))) break;
        }

        return (point, value);
    }

    private static double[] Descent(double[,] inverse, double[] gradient, bool[] isFree)
    {
        var direction = new double[gradient.Length];
        for (var i = 0; i < direction.Length; i++)
        {
            for (var j = 0; isFree[i] && j < direction.Length; j++) if (isFree[j]) direction[i] -= inverse[i, j] * gradient[j];
        }

        return direction;
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
