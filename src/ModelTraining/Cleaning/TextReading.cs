namespace ModelTraining;

/// <summary>A text column read as something else.</summary>
/// <param name="Column">The column of the other type.</param>
/// <param name="Format">How its text is written, for rows that come later.</param>
/// <param name="Readable">The number of rows whose text could be read.</param>
/// <param name="What">What was done, in words.</param>
/// <param name="Doubt">What the user should look at; null when the text can be read in one way only.</param>
internal sealed record TextReading(Column Column, TextFormat Format, int Readable, string What, string? Doubt = null)
{
    /// <summary>The units that it was read in; null when none were said.</summary>
    public Unit? Unit { get; init; }
}
