namespace ModelTraining.Tests;

/// <summary>Progress that is told at once, on the thread that reports it.</summary>
internal sealed class Told(Action<TrainingProgress> told) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => told(value);
}
