using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ModelTraining;

/// <summary>A short name for which rows are trained on and which judge.</summary>
internal static class RowsFingerprint
{
    /// <summary>The first 64 bits of a SHA-256 in hexadecimal digits.</summary>
    public static string Of(DataSplit split)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(split.TrainingRows.Span));
        hash.AppendData(MemoryMarshal.AsBytes<int>([split.TrainingRows.Length]));
        hash.AppendData(MemoryMarshal.AsBytes(split.ValidationRows.Span));
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
