using System.Globalization;
using System.Text.Json;

namespace ModelTraining;

/// <summary>Reads the elements of a tensor in the forms that callers have them in.</summary>
internal static class TensorElements
{
    /// <summary>Beyond it, whole numbers have no 32-bit floating-point number of their own.</summary>
    public const long LargestWhole = 1 << 24;

    /// <summary>Reads elements in row-major order; what is wrong with them, null when nothing is.</summary>
    /// <param name="value">Numbers: an array, memory, or arrays of JSON within each other.</param>
    /// <param name="elements">Takes them.</param>
    public static string? Fault(object? value, Span<float> elements)
    {
        switch (value)
        {
            case float[] numbers: return Copied(numbers, elements);
            case ReadOnlyMemory<float> numbers: return Copied(numbers.Span, elements);
            case Memory<float> numbers: return Copied(numbers.Span, elements);
            case double[] numbers: return Converted(numbers, elements, number => (float)number);
            case byte[] numbers: return Converted(numbers, elements, number => number);
            case int[] numbers: return Wholes(numbers, elements, number => number);
            case long[] numbers: return Wholes(numbers, elements, number => number);
            case JsonElement { ValueKind: JsonValueKind.Array } json:
                var count = 0;
                var fault = Json(json, elements, ref count);
                return fault ?? (count == elements.Length ? null : Other(count));
            case null or DBNull: return "nothing: none may be missing";
            default: return string.Create(CultureInfo.InvariantCulture, $"{value} ({value.GetType().Name})");
        }
    }

    private static string? Copied(ReadOnlySpan<float> numbers, Span<float> elements)
    {
        if (numbers.Length != elements.Length) return Other(numbers.Length);
        numbers.CopyTo(elements);
        return null;
    }

    private static string? Converted<T>(T[] numbers, Span<float> elements, Func<T, float> convert)
    {
        if (numbers.Length != elements.Length) return Other(numbers.Length);
        for (var i = 0; i < numbers.Length; i++) elements[i] = convert(numbers[i]);
        return null;
    }

    private static string? Wholes<T>(T[] numbers, Span<float> elements, Func<T, long> whole)
    {
        if (numbers.Length != elements.Length) return Other(numbers.Length);
        for (var i = 0; i < numbers.Length; i++)
        {
            if (whole(numbers[i]) is < -LargestWhole or > LargestWhole) return string.Create(CultureInfo.InvariantCulture, $"the whole number {numbers[i]}, which a 32-bit floating-point number does not hold");
            elements[i] = whole(numbers[i]);
        }

        return null;
    }

    private static string? Json(JsonElement json, Span<float> elements, ref int count)
    {
        foreach (var element in json.EnumerateArray())
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Array when Json(element, elements, ref count) is { } fault: return fault;
                case JsonValueKind.Array: break;
                case JsonValueKind.Number:
                    if (count < elements.Length) elements[count] = element.GetSingle();
                    count++;
                    break;
                default: return element.GetRawText();
            }
        }

        return null;
    }

    private static string Other(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} numbers");
}
