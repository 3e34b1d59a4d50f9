namespace ModelTraining;

/// <summary>Gauss and Legendre's rule on [0, 1]: n points integrate every polynomial of a degree below 2n exactly.</summary>
internal static class QuadratureRule
{
    /// <summary>The points, each with its weight, which sum to 1.</summary>
    public static (double Point, double Weight)[] Of(int count)
    {
        var rule = new (double, double)[count];
        for (var i = 0; i < count; i++)
        {
            // Newton's method from Tricomi's estimate of the root.
            var x = Math.Cos(Math.PI * (i + 0.75) / (count + 0.5));
            var slope = 0.0;
            for (var step = 0; step < 8; step++)
            {
                (var value, slope) = Legendre(count, x);
                x -= value / slope;
            }

            rule[i] = ((1 + x) / 2, 1 / ((1 - (x * x)) * slope * slope));
        }

        return rule;
    }

    private static (double Value, double Slope) Legendre(int degree, double x)
    {
        var (last, value) = (1.0, x);
        for (var i = 2; i <= degree; i++) (last, value) = (value, (((2 * i) - 1) * x * value - ((i - 1) * last)) / i);
        return (value, degree * ((x * value) - last) / ((x * x) - 1));
    }
}
