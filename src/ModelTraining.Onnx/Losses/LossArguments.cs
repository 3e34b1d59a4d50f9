using System.Globalization;

namespace ModelTraining.Onnx;

/// <summary>Checks the numbers that losses take.</summary>
internal static class LossArguments
{
    public static void Positive(string loss, string argument, float number)
    {
        if (number is not (> 0 and < float.PositiveInfinity)) throw Wrong(loss, argument, "positive", number);
    }

    public static void NotNegative(string loss, string argument, float number)
    {
        if (number is not (>= 0 and < float.PositiveInfinity)) throw Wrong(loss, argument, "0 or more", number);
    }

    public static void Between(string loss, string argument, IReadOnlyList<float> numbers)
    {
        if (numbers.Count == 0) throw new ModelTrainingException("MT1703", $"The '{argument}' of {loss} must be at least one number in (0, 1). Got none.");
        foreach (var number in numbers) if (number is not (> 0 and < 1)) throw Wrong(loss, argument, "in (0, 1)", number);
    }

    private static ModelTrainingException Wrong(string loss, string argument, string bounds, float number) =>
        new("MT1703", string.Create(CultureInfo.InvariantCulture, $"The '{argument}' of {loss} must be {bounds}. Got {number}."));
}
