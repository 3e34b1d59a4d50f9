using System.Globalization;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>1 / (1 + e^(A·log-odds + B)) for each class.</summary>
internal sealed class SigmoidMap(IReadOnlyList<(double A, double B)> curves) : ClassWiseMap
{
    public override string Description => curves.Count == 1
        ? string.Create(CultureInfo.InvariantCulture, $"the log-odds times {-curves[0].A:G4}, {(curves[0].B <= 0 ? "plus" : "minus")} {Math.Abs(curves[0].B):G4}")
        : $"a sigmoid over the log-odds of each of {ReportNumber.Count(curves.Count)} classes";

    public static SigmoidMap Fit(EvaluatedRows rows)
    {
        var width = rows.ClassCount;
        var (odds, hits) = (new double[rows.Count], new bool[rows.Count]);
        var curves = new List<(double, double)>();
        for (var i = width == 2 ? 1 : 0; i < width; i++)
        {
            for (var row = 0; row < rows.Count; row++)
            {
                var probability = rows.Outputs[row * width + i];
                odds[row] = LogOdds(probability, width == 2 ? rows.Outputs[row * width] : 1 - (double)probability);
                hits[row] = (int)rows.Targets[row] == i;
            }

            curves.Add(PlattFit.Fit(odds, hits, rows.Weights));
        }

        return new SigmoidMap(curves);
    }

    protected override double Map(int curve, float probability, double rest) => 1 / (1 + Math.Exp(curves[curve].A * LogOdds(probability, rest) + curves[curve].B));

    protected override Value EmitMap(Value probabilities, Value rest)
    {
        var graph = probabilities.Graph;
        var odds = probabilities.Cast(ElementType.Double).Clip((float)Least, null).Log() - rest.Clip((float)Least, null).Log();
        var a = graph.Constant(Tensor.Of([.. curves.Select(curve => curve.A)], 1, curves.Count));
        var b = graph.Constant(Tensor.Of([.. curves.Select(curve => curve.B)], 1, curves.Count));
        return 1f / (1f + (odds * a + b).Exp());
    }

    private static double LogOdds(float probability, double rest) => Math.Log(Math.Max(probability, Least)) - Math.Log(Math.Max(rest, Least));
}
