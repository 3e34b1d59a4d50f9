namespace Eng.Testing;

internal sealed record SkippedTest(string Name, string Reason);
