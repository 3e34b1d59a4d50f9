using System.Globalization;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>The Yeo-Johnson transform: Box-Cox of 1 + x with λ where x is not negative, otherwise the negative of that of 1 − x with 2 − λ.</summary>
internal sealed record YeoJohnsonFormula(string Column, double Lambda) : Formula($"yeo_johnson({Column})", [Column])
{
    public override string Learned => string.Create(CultureInfo.InvariantCulture, $"λ {Lambda:0.####}");

    public static Func<TableView, FitContext, IReadOnlyList<Formula>> Learn(IReadOnlyList<string> columns) => Formulas.ByColumn(columns, static (column, values) =>
        new YeoJohnsonFormula(column, PowerLikelihood.Maximize(PowerLikelihood.Finite(values), Transform, static value => Math.CopySign(Math.Log(1 + Math.Abs(value)), value))));

    public override float Of(ReadOnlySpan<float> inputs) => (float)Transform(inputs[0], Lambda);

    public override Value Emit(IReadOnlyList<Value> inputs)
    {
        var value = inputs[0].Cast(ElementType.Double);
        var shifted = value.Abs() + 1L;
        var (positive, negative) = (BoxCoxFormula.Emit(shifted, Lambda), BoxCoxFormula.Emit(shifted, 2 - Lambda));
        return inputs[0].Less(0f).Where((-negative).Cast(ElementType.Float), positive.Cast(ElementType.Float));
    }

    private static double Transform(double value, double lambda) => value < 0 ? -BoxCoxFormula.Transform(1 - value, 2 - lambda) : BoxCoxFormula.Transform(1 + value, lambda);
}
