namespace Samples;

/// <summary>What the service says of a row.</summary>
internal sealed record Answer(string? Label, float? Probability, float? Value);
