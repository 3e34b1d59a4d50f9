using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace ModelTraining;

/// <summary>An ML.NET context while it trains: what it says goes to the run, it can be cancelled, and its temporary files go away with it.</summary>
internal sealed class ContextScope : IDisposable
{
    private readonly TrainingContext _training;
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory("ModelTraining-");
    private readonly CancellationTokenRegistration _registration;

    public ContextScope(int seed, TrainingContext training, CancellationToken cancellationToken)
    {
        _training = training;
        Context = new MLContext(seed) { TempFilePath = _temporary.FullName };
        Context.Log += Tell;
        _registration = cancellationToken.Register(() => CancelExecution(Context));
    }

    public MLContext Context { get; }

    public void Dispose()
    {
        _registration.Dispose();
        Context.Log -= Tell;
        _temporary.Delete(recursive: true);

        // The model keeps the context. When it is saved, ML.NET would make the folder anew and leave it behind.
        Context.TempFilePath = Path.GetTempPath();
    }

    private void Tell(object? sender, LoggingEventArgs message)
    {
        var text = $"{message.Source}: {message.RawMessage}";
        switch (message.Kind)
        {
            case ChannelMessageKind.Warning:
                _training.Warn(text);
                break;
            case ChannelMessageKind.Error:
                _training.Log(TraceLevel.Error, text);
                break;
            case ChannelMessageKind.Info:
                _training.Log(TraceLevel.Info, text);
                break;
            default:
                _training.Log(TraceLevel.Verbose, text);
                break;
        }
    }

    /// <summary>What ML.NET's own AutoML cancels trials with. It is not public, and there is no other way to stop a trainer that has read its rows.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "CancelExecution")]
    private static extern void CancelExecution(MLContext context);
}
