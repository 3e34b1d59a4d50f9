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

    /// <summary>Broadcasting [batch, 1] against [batch] would compare each row with all others, and train. Of values of several types the operators tell.</summary>
    public static void SameShape(string loss, params ReadOnlySpan<Value> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(values[i]);
            if (values[0].Type == values[i].Type && values[0].Shape is { } first && values[i].Shape is { } shape && !Shapes.MayEqual(first, shape)) throw Shapes.Mismatch(loss, "are not the same", [values[0], values[i]]);
        }
    }

    /// <summary>A number of <paramref name="each"/>, [batch], for each row of <paramref name="vectors"/>, [batch, width].</summary>
    public static void OneForEachRow(string loss, Value vectors, Value each)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(each);
        if (vectors.Shape is { } shape && each.Shape is { } rows && !Shapes.MayEqual(shape.SkipLast(1), rows)) throw Shapes.Mismatch(loss, "are not one number for each row", [vectors, each]);
    }

    /// <summary>A position of a class, [batch, ...], for what has scores, [batch, classes, ...].</summary>
    public static void Classes(string loss, Value scores, Value classes)
    {
        if (classes.Type is not (ElementType.Int64 or ElementType.Int32 or ElementType.Undefined))
        {
            throw new ModelTrainingException("MT3101", $"{loss} takes positions of classes, Int64, not {classes}. Cast it.");
        }

        if (scores.Shape is { Count: >= 2 } shape && classes.Shape is { } positions && !Shapes.MayEqual([shape[0], .. shape.Skip(2)], positions))
        {
            throw Shapes.Mismatch(loss, "are not scores, [batch, classes, ...], and a class for each, [batch, ...]", [scores, classes]);
        }
    }

    private static ModelTrainingException Wrong(string loss, string argument, string bounds, float number) =>
        new("MT1703", string.Create(CultureInfo.InvariantCulture, $"The '{argument}' of {loss} must be {bounds}. Got {number}."));
}
