using System.Text.Json;

namespace ModelTraining.Tests;

/// <summary>Data with the coefficients that scikit-learn gives for it: tests/Data/linear, made by make.py there.</summary>
public sealed record LinearCase(string Name, string Trainer, JsonElement Options, int Classes, float[][] X, float[] Y, float[]? W, double[] Coefficients, double[] Intercepts, double[]? Errors, double[]? InterceptErrors)
{
    public static IEnumerable<LinearCase> All()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(TestData.Shipped("linear/linear.json")));
        var root = json.RootElement.Clone();
        float[] Column(string name) => [.. root.GetProperty(name).EnumerateArray().Select(number => number.GetSingle())];
        float[][] x = [.. root.GetProperty("x").EnumerateArray().Select(column => column.EnumerateArray().Select(number => number.GetSingle()).ToArray())];
        foreach (var item in root.GetProperty("cases").EnumerateArray())
        {
            var classes = item.GetProperty("classes").GetInt32();
            yield return new LinearCase(
                item.GetProperty("name").GetString()!, item.GetProperty("trainer").GetString()!, item.GetProperty("options"), classes, x,
                Column(classes switch { 0 => "numbers", 2 => "binary", _ => "three" }),
                item.GetProperty("weighted").GetBoolean() ? Column("w") : null,
                Flat(item.GetProperty("coefficients"))!, Flat(item.GetProperty("intercepts"))!, Flat(item.GetProperty("errors")), Flat(item.GetProperty("intercept_errors")));
        }
    }

    public override string ToString() => Name;

    internal ITrainer Create()
    {
        double Number(string option, double otherwise) => Options.TryGetProperty(option, out var value) ? value.GetDouble() : otherwise;
        var intercept = !Options.TryGetProperty("FitIntercept", out var wanted) || wanted.GetBoolean();
        var (alpha, l1) = (Number("Alpha", 1), Number("L1Ratio", 0));
        return Trainer switch
        {
            "Ridge" => Linear.Ridge(o => o with { Alpha = alpha, FitIntercept = intercept }),
            "Lasso" => Linear.Lasso(o => o with { Alpha = alpha, FitIntercept = intercept, Tolerance = 1e-12 }),
            "ElasticNet" => Linear.ElasticNet(o => o with { Alpha = alpha, L1Ratio = l1, FitIntercept = intercept, Tolerance = 1e-12 }),
            _ => Linear.Logistic(o => o with { Alpha = alpha, L1Ratio = l1, FitIntercept = intercept, Tolerance = 1e-9 }),
        };
    }

    private static double[]? Flat(JsonElement values) => values.ValueKind == JsonValueKind.Null ? null
        : [.. values.EnumerateArray().SelectMany(value => value.ValueKind == JsonValueKind.Array ? Flat(value)! : [value.GetDouble()])];
}
