namespace Eng;

/// <summary>A failure that the person at the console can mend: what is wrong, and how to mend it.</summary>
internal sealed class FixableException(string problem, string fix) : Exception($"{problem} {fix}");
