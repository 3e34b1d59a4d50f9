using System.Globalization;

namespace ModelTraining;

/// <summary>A value that cleaning met, and what became of it.</summary>
/// <param name="Row">The row in the source, the first one being 1.</param>
/// <param name="Before">What was found.</param>
/// <param name="After">What became of it.</param>
public sealed record CleanExample(int Row, string Before, string After)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"row {Row}: {Before} -> {After}");
}
