namespace Eng.Testing;

internal sealed record FailedTest(string Name, string Message, string StackTrace);
