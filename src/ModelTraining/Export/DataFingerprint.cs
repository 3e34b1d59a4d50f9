using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ModelTraining;

/// <summary>A short name for the content of a table: the same rows, columns and roles have the same, on every machine.</summary>
internal static class DataFingerprint
{
    /// <summary>The first 128 bits of a SHA-256 over schema and values, in hexadecimal digits.</summary>
    public static string Of(Table table)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var info in table.Schema)
        {
            Add(hash, $"{info.Name}\0{info.Type}\0{info.Role}\0");
            switch (table[info.Name])
            {
                case NumberColumn numbers: hash.AppendData(MemoryMarshal.AsBytes(numbers.Values)); break;
                case IntegerColumn integers: hash.AppendData(MemoryMarshal.AsBytes(integers.Values)); break;
                case BooleanColumn booleans: hash.AppendData(booleans.Values); break;
                case DateTimeColumn dates: hash.AppendData(MemoryMarshal.AsBytes(dates.Values)); break;
                case TextColumn text:
                    foreach (var category in text.Categories) Add(hash, category + "\0");
                    hash.AppendData(MemoryMarshal.AsBytes(text.Codes));
                    break;
                case TensorColumn tensors:
                    for (var row = 0; row < tensors.Count; row++) hash.AppendData(MemoryMarshal.AsBytes(tensors.Row(row)));
                    break;
                default: throw new NotSupportedException($"Column '{info.Name}' is of an unknown type.");
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    private static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
}
