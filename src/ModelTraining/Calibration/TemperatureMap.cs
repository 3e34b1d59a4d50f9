using System.Globalization;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>Log-probabilities times one number, made to sum to 1 again: the softmax of logits over a temperature.</summary>
/// <param name="inverse">1 / temperature.</param>
internal sealed class TemperatureMap(double inverse) : ProbabilityMap
{
    private const double Coldest = 20, Hottest = 1.0 / 20;
    private const int Halvings = 60;

    public override string Description => string.Create(CultureInfo.InvariantCulture, $"a temperature of {1 / inverse:G4}");

    /// <summary>
    /// The temperature of least log-loss, from 1/20 to 20. The loss is convex in its inverse, so that its slope has one zero.
    /// </summary>
    public static TemperatureMap Fit(EvaluatedRows rows)
    {
        var width = rows.ClassCount;
        var logs = Array.ConvertAll(rows.Outputs, probability => Math.Log(Math.Max(probability, Least)));
        var (low, high) = (Hottest, Coldest);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (Slope(rows, logs, width, middle) < 0) low = middle;
            else high = middle;
        }

        return new TemperatureMap((low + high) / 2);
    }

    public override void Apply(Span<float> probabilities, int width)
    {
        Span<double> powers = width <= 64 ? stackalloc double[width] : new double[width];
        for (var start = 0; start < probabilities.Length; start += width)
        {
            var row = probabilities.Slice(start, width);
            var sum = 0.0;
            for (var i = 0; i < width; i++) sum += powers[i] = Math.Exp(Math.Log(Math.Max(row[i], Least)) * inverse);
            for (var i = 0; i < width; i++) row[i] = (float)(powers[i] / sum);
        }
    }

    public override Value Emit(Value probabilities, int width)
    {
        var logs = probabilities.Cast(ElementType.Double).Clip((float)Least, null).Log();
        var powers = (logs * probabilities.Graph.Constant(Tensor.Of([inverse]))).Exp();
        return (powers / powers.ReduceSum([1])).Cast(ElementType.Float);
    }

    /// <summary>What the log-loss gains for the inverse: the mean log-probability that the softmax expects, less that of the true class.</summary>
    private static double Slope(EvaluatedRows rows, double[] logs, int width, double inverse)
    {
        var slope = 0.0;
        for (var row = 0; row < rows.Count; row++)
        {
            double sum = 0, expected = 0;
            for (var i = row * width; i < (row + 1) * width; i++)
            {
                var power = Math.Exp(logs[i] * inverse);
                sum += power;
                expected += power * logs[i];
            }

            slope += (rows.Weights.Length == 0 ? 1 : rows.Weights[row]) * (expected / sum - logs[row * width + (int)rows.Targets[row]]);
        }

        return slope;
    }
}
