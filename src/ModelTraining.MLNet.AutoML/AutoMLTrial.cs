namespace ModelTraining;

/// <summary>One of the models that <c>MLNet.AutoML</c> tried.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Trainer">The trainer by ML.NET's name, for example LightGbmBinary.</param>
/// <param name="Options">The options that it was tried with, by ML.NET's names.</param>
/// <param name="Score">The metric on the validation part; null when the trial failed.</param>
/// <param name="Duration">How long it took to train and to measure.</param>
/// <param name="Reason">Why the trial failed; null when it did not.</param>
public sealed record AutoMLTrial(int Number, string Trainer, IReadOnlyDictionary<string, string> Options, double? Score, TimeSpan Duration, string? Reason);
