namespace ModelTraining.Benchmarks;

/// <summary>What one library took, and how good it was.</summary>
/// <param name="Peer">The library and its version.</param>
/// <param name="Fit">Seconds to train.</param>
/// <param name="Score">Seconds to predict the test rows.</param>
/// <param name="Auc">The area under the ROC curve on the test rows.</param>
internal sealed record PeerMeasurement(string Peer, double Fit, double Score, double Auc);
