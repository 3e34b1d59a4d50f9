namespace Eng.Processes;

/// <summary>What a child wrote, and how it ended.</summary>
internal sealed record Captured(int ExitCode, string Output, string Error);
