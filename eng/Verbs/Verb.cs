using Eng.Processes;

namespace Eng.Verbs;

/// <summary>One thing that this tool does.</summary>
/// <param name="RunAsync">Returns the exit code.</param>
internal sealed record Verb(string Name, string Arguments, string Purpose, Func<Repository, string[], Interruption, Task<int>> RunAsync);
