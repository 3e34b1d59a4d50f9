using System.Diagnostics;

namespace Eng.Processes;

internal static class Child
{
    /// <summary>Runs a program on our console and returns its exit code.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public static async Task<int> RunAsync(string program, IEnumerable<string> arguments, string folder, Interruption interruption)
    {
        using Process process = Start(Describe(program, arguments, folder));
        await WaitAsync(process, interruption);
        return process.ExitCode;
    }

    /// <summary>Runs a program without a console and returns what it wrote.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public static async Task<Captured> CaptureAsync(string program, IEnumerable<string> arguments, string folder, Interruption interruption)
    {
        ProcessStartInfo description = Describe(program, arguments, folder);
        description.RedirectStandardInput = true;
        description.RedirectStandardOutput = true;
        description.RedirectStandardError = true;
        // What is read back must not depend on the language of the machine.
        description.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";

        using Process process = Start(description);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(interruption.Insisted);
        Task<string> error = process.StandardError.ReadToEndAsync(interruption.Insisted);
        await WaitAsync(process, interruption);
        return new Captured(process.ExitCode, await output, await error);
    }

    private static ProcessStartInfo Describe(string program, IEnumerable<string> arguments, string folder)
    {
        ProcessStartInfo description = new(program, arguments) { WorkingDirectory = folder, UseShellExecute = false };
        description.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        description.Environment["DOTNET_NOLOGO"] = "1";
        return description;
    }

    private static Process Start(ProcessStartInfo description) =>
        Process.Start(description) ?? throw new InvalidOperationException($"{description.FileName} did not start.");

    private static async Task WaitAsync(Process process, Interruption interruption)
    {
        try
        {
            await process.WaitForExitAsync(interruption.Insisted);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        interruption.Asked.ThrowIfCancellationRequested();
    }
}
