using System.Globalization;
using ModelTraining.Onnx;

namespace ModelTraining.Torch;

/// <summary>Numbers and types as TorchScript has them.</summary>
internal static class ScriptText
{
    /// <summary>The variable that holds no numbers: a literal without elements would be one of tensors.</summary>
    public const string NoNumbers = "e";

    /// <summary>The number that libtorch gives the order of memory in which the channels of a pixel are side by side (c10::MemoryFormat).</summary>
    public const int ChannelsLast = 2;

    /// <summary>A list of whole numbers.</summary>
    public static string List(IEnumerable<long> numbers)
    {
        var text = string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
        return text.Length == 0 ? NoNumbers : $"[{text}]";
    }

    /// <summary>A list of tensors.</summary>
    public static string Tensors(IEnumerable<string> tensors) => $"[{string.Join(", ", tensors)}]";

    /// <summary>A number with all of its digits.</summary>
    public static string Number(double number)
    {
        if (double.IsNaN(number)) return "float('nan')";
        if (double.IsInfinity(number)) return number > 0 ? "float('inf')" : "float('-inf')";
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') >= 0 ? text : text + ".0";
    }

    /// <summary>A number of an attribute, whose last digits are those of 32 bits.</summary>
    public static string Number(float number) => Number((double)number);

    /// <summary>True or false.</summary>
    public static string Boolean(bool value) => value ? "True" : "False";

    /// <summary>The number that libtorch gives a type of elements (c10::ScalarType); null for those that are not trained with.</summary>
    public static int? Code(ElementType type) => type switch
    {
        ElementType.UInt8 => 0,
        ElementType.Int8 => 1,
        ElementType.Int16 => 2,
        ElementType.Int32 => 3,
        ElementType.Int64 => 4,
        ElementType.Float16 => 5,
        ElementType.Float => 6,
        ElementType.Double => 7,
        ElementType.Bool => 11,
        ElementType.BFloat16 => 15,
        _ => null,
    };
}
