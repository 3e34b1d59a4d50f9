using Microsoft.Extensions.Logging;

namespace ModelTraining;

/// <summary>Every line that a model in service logs, with its event id.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "{Name} serves {Path}: {Trainer}, trained {TrainedAt:u}.")]
    public static partial void Loaded(ILogger logger, string name, string path, string trainer, DateTimeOffset? trainedAt);

    [LoggerMessage(101, LogLevel.Information, "{Name} serves the new {Path}: {Trainer}, trained {TrainedAt:u}.")]
    public static partial void Reloaded(ILogger logger, string name, string path, string trainer, DateTimeOffset? trainedAt);

    [LoggerMessage(102, LogLevel.Error, "{Name} has no model: {Path} could not be loaded.")]
    public static partial void LoadFailed(ILogger logger, string name, string path, Exception exception);

    [LoggerMessage(103, LogLevel.Error, "{Name} keeps the model it has: the new {Path} could not be loaded.")]
    public static partial void ReloadFailed(ILogger logger, string name, string path, Exception exception);

    [LoggerMessage(104, LogLevel.Debug, "{Name} let a model go.")]
    public static partial void LetGo(ILogger logger, string name);
}
