namespace Eng;

internal static class ExitCode
{
    public const int Failure = 1;
    public const int Usage = 2;

    /// <summary>What a shell reports for a program that Ctrl+C ended.</summary>
    public const int Interrupted = 130;
}
