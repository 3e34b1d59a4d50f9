using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>
/// Each class's probability goes through a curve of its own, of two classes the second's only, and the results are made to sum to 1. Where all are 0, the classes
/// are as likely as one another, as in scikit-learn.
/// </summary>
internal abstract class ClassWiseMap : ProbabilityMap
{
    public override void Apply(Span<float> probabilities, int width)
    {
        Span<double> mapped = width <= 64 ? stackalloc double[width] : new double[width];
        for (var start = 0; start < probabilities.Length; start += width)
        {
            var row = probabilities.Slice(start, width);
            if (width == 2)
            {
                var positive = Map(0, row[1], row[0]);
                (row[0], row[1]) = ((float)(1 - positive), (float)positive);
                continue;
            }

            var sum = 0.0;
            for (var i = 0; i < width; i++) sum += mapped[i] = Map(i, row[i], 1 - (double)row[i]);
            for (var i = 0; i < width; i++) row[i] = sum == 0 ? (float)(1.0 / width) : (float)(mapped[i] / sum);
        }
    }

    public override Value Emit(Value probabilities, int width)
    {
        if (width == 2)
        {
            var positive = EmitMap(probabilities.Slice(1, 2, 1), probabilities.Slice(0, 1, 1).Cast(ElementType.Double));
            return ShapingOperators.Concat([(1f - positive).Cast(ElementType.Float), positive.Cast(ElementType.Float)], 1);
        }

        var mapped = EmitMap(probabilities, 1f - probabilities.Cast(ElementType.Double));
        var sum = mapped.ReduceSum([1]);
        return sum.Equal(0f).Where(mapped.Graph.Constant(Tensor.Of([1.0 / width])), mapped / sum).Cast(ElementType.Float);
    }

    /// <summary>The calibrated probability of a class, in [0, 1]; NaN for NaN.</summary>
    /// <param name="curve">The class; 0 where there is one curve for two classes.</param>
    /// <param name="probability">The probability.</param>
    /// <param name="rest">That of all others.</param>
    protected abstract double Map(int curve, float probability, double rest);

    /// <summary>The same for all curves at once.</summary>
    /// <param name="probabilities">Float [batch, curves].</param>
    /// <param name="rest">Double [batch, curves].</param>
    /// <returns>Double [batch, curves].</returns>
    protected abstract Value EmitMap(Value probabilities, Value rest);
}
