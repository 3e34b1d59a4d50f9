using System.Globalization;
using ModelTraining;

namespace Samples;

/// <summary>Shows a run's progress: one line a stage, overwritten in place on a terminal, written once per stage elsewhere.</summary>
internal sealed class ConsoleProgress : IProgress<TrainingProgress>
{
    private const int Width = 30;
    private long _shownAt;
    private TrainingProgress? _last;

    public void Report(TrainingProgress progress)
    {
        if (_last is not null && progress.StageNumber != _last.StageNumber) Finish();
        _last = progress;
        if (Console.IsOutputRedirected || Environment.TickCount64 - _shownAt < 50) return;
        _shownAt = Environment.TickCount64;
        var left = progress.Remaining is { } remaining && remaining > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"  {remaining.TotalSeconds:F1} s left") : "";
        Console.Write('\r' + (Line(progress) + left).PadRight(Console.WindowWidth - 1));
    }

    /// <summary>Ends the line of the last stage.</summary>
    public void Finish()
    {
        if (_last is null) return;
        var line = Line(_last) + (_last.Total > _last.Completed && _last.Completed > 0 ? "  (stopped early)" : "");
        Console.WriteLine(Console.IsOutputRedirected ? line : '\r' + line.PadRight(Console.WindowWidth - 1));
        _last = null;
    }

    private static string Line(TrainingProgress progress)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"[{progress.StageNumber}/{progress.StageCount}] {progress.Stage,-9}");
        if (progress.Total is not { } total || total == 0) return line;
        var filled = (int)(Width * Math.Min(1, (double)progress.Completed / total));
        line += $" {new string('#', filled)}{new string('.', Width - filled)}";
        line += string.Create(CultureInfo.InvariantCulture, $" {progress.Completed}/{total} {progress.Unit}");
        if (progress.ValidationScore is { } score) line += string.Create(CultureInfo.InvariantCulture, $"  validation {progress.Metric} {score:F4}");
        return line;
    }
}
