using System.Text.Json;

namespace ModelTraining.Tests.Calibration;

/// <summary>Scores, and what scikit-learn makes of them: tests/Data/calibration, made by make.py there.</summary>
internal static class CalibrationReference
{
    private static readonly JsonElement Root = Read();

    public static float[] Floats(string name) => [.. Root.GetProperty(name).EnumerateArray().Select(number => number.GetSingle())];

    public static double Number(string name) => Root.GetProperty(name).GetDouble();

    public static double[] Isotonic(string name) => [.. Root.GetProperty("isotonic").GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];

    private static JsonElement Read()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(TestData.Shipped("calibration/calibration.json")));
        return json.RootElement.Clone();
    }
}
