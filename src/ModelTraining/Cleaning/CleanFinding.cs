using System.Globalization;

namespace ModelTraining;

/// <summary>Something that cleaning found, and what it did about it.</summary>
/// <param name="Step">What kind of thing.</param>
/// <param name="Column">Where; null when it is about whole rows.</param>
/// <param name="Count">How many values or rows.</param>
/// <param name="Of">Of how many. What is fitted on the training part counts training rows.</param>
/// <param name="What">What was done, in words.</param>
public sealed record CleanFinding(CleanStep Step, string? Column, int Count, int Of, string What)
{
    /// <summary>A few of the values. Empty where nothing is to be shown.</summary>
    public IReadOnlyList<CleanExample> Examples { get; init; } = [];

    /// <summary>What the user should look at, with the remedy; null where there is nothing to worry about.</summary>
    public string? Warning { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Step}{(Column is null ? "" : $" '{Column}'")}: {Count} of {Of} {What}");
}
