namespace Eng.Solutions;

/// <summary>A project that cannot be built here, and why.</summary>
internal sealed record LeftOut(ProjectFile Project, string Reason);
