using System.Globalization;
using ModelTraining;

namespace Samples;

/// <summary>Shows a run's progress: one line a stage, overwritten in place on a terminal, written once per stage elsewhere.</summary>
internal sealed class ConsoleProgress : IProgress<TrainingProgress>
{
    private const int Width = 30;
    private long _shownAt;
    private string _line = "";
    private int _stage;

    public void Report(TrainingProgress progress)
    {
        if (progress.StageNumber != _stage)
        {
            Finish();
            _stage = progress.StageNumber;
        }

        _line = Line(progress);
        if (Console.IsOutputRedirected || Environment.TickCount64 - _shownAt < 50) return;
        _shownAt = Environment.TickCount64;
        Console.Write('\r' + _line.PadRight(Console.WindowWidth - 1));
    }

    /// <summary>Ends the line of the last stage.</summary>
    public void Finish()
    {
        if (_line.Length == 0) return;
        Console.WriteLine(Console.IsOutputRedirected ? _line : '\r' + _line.PadRight(Console.WindowWidth - 1));
        _line = "";
    }

    private static string Line(TrainingProgress progress)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"[{progress.StageNumber}/{progress.StageCount}] {progress.Stage,-9}");
        if (progress.Total is not { } total || total == 0) return line;
        var filled = (int)(Width * Math.Min(1, (double)progress.Completed / total));
        line += $" {new string('#', filled)}{new string('.', Width - filled)}";
        line += string.Create(CultureInfo.InvariantCulture, $" {progress.Completed}/{total} {progress.Unit}");
        if (progress.ValidationScore is { } score) line += string.Create(CultureInfo.InvariantCulture, $"  validation {progress.Metric} {score:F4}");
        if (progress.Remaining is { } left && left > TimeSpan.Zero) line += string.Create(CultureInfo.InvariantCulture, $"  {left.TotalSeconds:F1} s left");
        return line;
    }
}
