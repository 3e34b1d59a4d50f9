using System.Diagnostics;
using System.Globalization;

namespace ModelTraining.Tests.Processes;

/// <summary>A <see cref="WorkerProgram"/> that runs, and what it said: the number of each trial that it began.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    public WorkerProcess(string kind, string place, int trials, int stuckAt)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        string[] arguments = [typeof(WorkerProgram).Assembly.Location, kind, place, trials.ToString(CultureInfo.InvariantCulture), stuckAt.ToString(CultureInfo.InvariantCulture)];
        _process = Process.Start(new ProcessStartInfo(host, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public List<int> Begun { get; } = [];

    /// <summary>Waits until it has begun so many trials.</summary>
    public async Task WaitForAsync(int trials)
    {
        while (Begun.Count < trials && await _process.StandardOutput.ReadLineAsync() is { } line) Begun.Add(int.Parse(line, CultureInfo.InvariantCulture));
        if (Begun.Count < trials) Assert.Fail($"The worker has ended after {Begun.Count} trials: {await _errors}");
    }

    /// <summary>As <c>kill -9</c> does: nothing of it runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task WaitForEndAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line) Begun.Add(int.Parse(line, CultureInfo.InvariantCulture));
        await _process.WaitForExitAsync();
        Assert.That(_process.ExitCode, Is.Zero, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
