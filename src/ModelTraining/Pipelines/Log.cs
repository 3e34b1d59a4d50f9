using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ModelTraining;

/// <summary>Every line that a run logs, with its event id.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Run of {Source}: {Stages} stages, seed {Seed}.")]
    public static partial void RunStarted(ILogger logger, string source, int stages, ulong seed);

    [LoggerMessage(2, LogLevel.Information, "Run {Status} after {Seconds:F2} s.")]
    public static partial void RunEnded(ILogger logger, RunStatus status, double seconds);

    [LoggerMessage(3, LogLevel.Debug, "{Stage} began (stage {Number} of {Count}).")]
    public static partial void StageStarted(ILogger logger, string stage, int number, int count);

    [LoggerMessage(4, LogLevel.Information, "{Stage} took {Seconds:F3} s; {Rows} rows, {Columns} columns.")]
    public static partial void StageEnded(ILogger logger, string stage, double seconds, int rows, int columns);

    [LoggerMessage(5, LogLevel.Error, "{Stage} failed.")]
    public static partial void StageFailed(ILogger logger, string stage, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "{Stage} was cancelled before there was a model.")]
    public static partial void StageCancelled(ILogger logger, string stage);

    [LoggerMessage(7, LogLevel.Warning, "{Stage}: {Warning}")]
    public static partial void Warned(ILogger logger, string stage, string warning);

    [LoggerMessage(8, LogLevel.Information, "Exported {Path}: {Bytes} bytes, {Rows} rows compared with ONNX Runtime, largest difference {Difference:E1}.")]
    public static partial void Exported(ILogger logger, string path, long bytes, int rows, double difference);

    [LoggerMessage(9, LogLevel.Information, "Training was cancelled; the best model so far is kept.")]
    public static partial void TrainingCancelled(ILogger logger);

    [LoggerMessage(17, LogLevel.Information, "CrossValidate: {Fold} has a {Metric} of {Value:G5} after {Seconds:F2} s.")]
    public static partial void FoldEnded(ILogger logger, string fold, string metric, double value, double seconds);

    /// <summary>What the engine behind a trainer says. What it calls verbose is of interest to those who look for a fault in it.</summary>
    public static void TrainerSaid(ILogger logger, TraceLevel level, string trainer, string message) => TrainerSaid(
        logger,
        level switch
        {
            TraceLevel.Error => LogLevel.Error,
            TraceLevel.Warning => LogLevel.Warning,
            TraceLevel.Info => LogLevel.Information,
            _ => LogLevel.Trace,
        },
        trainer,
        message);

    [LoggerMessage(EventId = 10, Message = "{Trainer}: {Message}")]
    private static partial void TrainerSaid(ILogger logger, LogLevel level, string trainer, string message);
}
