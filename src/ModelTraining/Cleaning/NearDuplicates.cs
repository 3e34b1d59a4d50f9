namespace ModelTraining;

/// <summary>
/// Which rows are all but there already, and what is done about them. Text is compared without regard to case and blanks, labels and weights must be equal, ids and ignored columns
/// do not matter. Time and memory grow with the number of values, not with its square; the first of such rows is the one that stays.
/// </summary>
public sealed record NearDuplicates
{
    private NearDuplicates()
    {
    }

    /// <summary>Nobody looks for them.</summary>
    public static NearDuplicates None { get; } = new();

    /// <summary>Rows that are equal but for case and blanks of their text: counted, and told with examples. They stay.</summary>
    public static NearDuplicates InText { get; } = new() { Text = true };

    /// <summary>
    /// Rows that are equal but for one feature, whichever it is, and those of <see cref="InText"/>: counted by feature, and told with examples. They stay. Where features have few values, such
    /// rows may well be different cases; where one is a number or a time that every row has of its own, they are copies.
    /// </summary>
    public static NearDuplicates InOneColumn { get; } = new() { Text = true, OneColumn = true };

    /// <summary>Whether rows that differ in case and blanks are looked for.</summary>
    internal bool Text { get; private init; }

    /// <summary>Whether rows that differ in one feature are looked for.</summary>
    internal bool OneColumn { get; private init; }

    /// <summary>Whether they are dropped.</summary>
    internal bool IsDropped { get; private init; }

    /// <summary>The same rows; they are dropped, and the first one stays.</summary>
    public NearDuplicates Drop() => this with { IsDropped = true };

    /// <inheritdoc/>
    public override string ToString() => (OneColumn ? nameof(InOneColumn) : Text ? nameof(InText) : nameof(None)) + (IsDropped ? ".Drop()" : "");
}
