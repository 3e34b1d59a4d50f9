using Microsoft.ML;

namespace ModelTraining;

/// <summary>What an algorithm is given to fit a transformer.</summary>
/// <param name="Context">ML.NET's context of this training.</param>
/// <param name="Target">What is to be predicted.</param>
/// <param name="Training">The rows to learn from.</param>
/// <param name="Validation">The rows to stop early by; null when there are none.</param>
/// <param name="Weight">The name of the weights' column; null when all rows count alike.</param>
/// <param name="Threads">How many threads to use at most.</param>
/// <param name="Seed">The seed of the context, and of trainers that have one of their own.</param>
internal sealed record FitRequest(MLContext Context, Target Target, IDataView Training, IDataView? Validation, string? Weight, int Threads, int Seed)
{
    public LearningTask Task => Target.Task;
}
