using System.Globalization;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>The Box-Cox transform: (x^λ − 1)/λ, or the logarithm where λ is 0; nothing where x is not positive.</summary>
internal sealed record BoxCoxFormula(string Column, double Lambda) : Formula($"box_cox({Column})", [Column])
{
    public override string Learned => string.Create(CultureInfo.InvariantCulture, $"λ {Lambda:0.####}");

    public static Func<TableView, FitContext, IReadOnlyList<Formula>> Learn(IReadOnlyList<string> columns) => Formulas.ByColumn(columns, static (column, values) =>
    {
        values = PowerLikelihood.Finite(values);
        foreach (var value in values)
        {
            if (value > 0) continue;
            throw new ModelTrainingException("MT2243", string.Create(CultureInfo.InvariantCulture, $"Column '{column}' has {value} among its training rows, and Box-Cox takes positive numbers only. Use Feature.YeoJohnson, which takes all."));
        }

        return new BoxCoxFormula(column, PowerLikelihood.Maximize(values, Transform, static value => Math.Log(value)));
    });

    public override float Of(ReadOnlySpan<float> inputs) => inputs[0] > 0 ? (float)Transform(inputs[0], Lambda) : float.NaN;

    public override Value Emit(IReadOnlyList<Value> inputs) => inputs[0].Greater(0f).Where(Emit(inputs[0].Cast(ElementType.Double), Lambda).Cast(ElementType.Float), float.NaN);

    /// <summary>Of a positive number.</summary>
    public static double Transform(double value, double lambda) => lambda == 0 ? Math.Log(value) : (Math.Pow(value, lambda) - 1) / lambda;

    /// <summary>Of a value of positive numbers in double.</summary>
    public static Value Emit(Value value, double lambda)
    {
        if (lambda == 0) return value.Log();
        var exponent = value.Graph.Constant(Tensor.Of([lambda]));
        return (value.Pow(exponent) - 1L) / exponent;
    }
}
