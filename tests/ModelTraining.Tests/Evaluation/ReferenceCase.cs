using System.Text.Json;

namespace ModelTraining.Tests;

/// <summary>Predictions with the values that scikit-learn gives for them: tests/Data/metrics, made by make.py there.</summary>
public sealed record ReferenceCase(string File, string Name, int Classes, float[] Targets, float[] Outputs, float[] Weights, IReadOnlyDictionary<string, double> Expected, double[][] Confusion)
{
    public LearningTask Task => Classes switch
    {
        0 => LearningTask.Regression,
        2 => LearningTask.BinaryClassification,
        _ => LearningTask.MulticlassClassification,
    };

    public static IEnumerable<ReferenceCase> All => new[] { "binary", "multiclass", "regression" }.SelectMany(Read);

    public static IEnumerable<ReferenceCase> OfClasses => All.Where(reference => reference.Classes > 0);

    public static IEnumerable<ReferenceCase> OfTwoClasses => All.Where(reference => reference.Classes == 2);

    public override string ToString() => $"{File}.{Name}";

    private static IEnumerable<ReferenceCase> Read(string file)
    {
        using var json = JsonDocument.Parse(System.IO.File.ReadAllText(TestData.Shipped($"metrics/{file}.json")));
        foreach (var item in json.RootElement.GetProperty("cases").EnumerateArray())
        {
            yield return new ReferenceCase(
                file,
                item.GetProperty("name").GetString()!,
                item.GetProperty("classes").GetInt32(),
                Floats(item.GetProperty("targets")),
                Floats(item.GetProperty("outputs")),
                Floats(item.GetProperty("weights")),
                item.GetProperty("expected").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.ValueKind == JsonValueKind.Null ? double.NaN : value.Value.GetDouble()),
                item.TryGetProperty("confusion", out var confusion) ? [.. confusion.EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetDouble()).ToArray())] : []);
        }
    }

    private static float[] Floats(JsonElement numbers) => numbers.ValueKind == JsonValueKind.Null ? [] : [.. numbers.EnumerateArray().Select(number => number.GetSingle())];
}
