using System.Runtime.InteropServices;

namespace Eng.Processes;

/// <summary>
/// Ctrl+C reaches the children as well as us, so the first one only stops our own work and leaves them the time to end well.
/// A second one, or a request to terminate, ends them.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly CancellationTokenSource _insisted = new();
    private readonly PosixSignalRegistration _termination;

    public Interruption()
    {
        Console.CancelKeyPress += OnCancelKey;
        _termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            _asked.Cancel();
            _insisted.Cancel();
        });
    }

    public CancellationToken Asked => _asked.Token;

    public CancellationToken Insisted => _insisted.Token;

    public void Dispose()
    {
        Console.CancelKeyPress -= OnCancelKey;
        _termination.Dispose();
        _asked.Dispose();
        _insisted.Dispose();
    }

    private void OnCancelKey(object? sender, ConsoleCancelEventArgs pressed)
    {
        pressed.Cancel = true;
        if (_asked.IsCancellationRequested)
            _insisted.Cancel();
        else
            _asked.Cancel();
    }
}
