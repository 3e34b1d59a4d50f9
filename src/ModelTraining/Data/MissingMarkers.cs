using System.Text;

namespace ModelTraining;

/// <summary>Knows written values that stand for a missing one.</summary>
internal sealed class MissingMarkers(CsvOptions options)
{
    private const int LongestDefault = 4;

    private readonly byte[][] _said = [.. options.MissingMarkers.Select(marker => Encoding.UTF8.GetBytes(marker.Trim()))];

    /// <param name="value">Trimmed UTF-8.</param>
    public bool Contains(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return true;
        if (options.DefaultMissingMarkers && value.Length <= LongestDefault && value[0] is (byte)'?' or (byte)'N' or (byte)'n')
        {
            Span<char> text = stackalloc char[LongestDefault];
            if (TextFormat.IsMissing(WrittenForm.Widened(value, text))) return true;
        }

        foreach (var marker in _said) if (value.SequenceEqual(marker)) return true;
        return false;
    }
}
