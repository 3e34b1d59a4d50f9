namespace ModelTraining.Benchmarks;

/// <summary>What one library took, and how good it was.</summary>
/// <param name="Peer">The library and its version.</param>
/// <param name="Fit">Seconds to train.</param>
/// <param name="Score">Seconds to predict the test rows.</param>
/// <param name="Quality">On the test rows: the area under the ROC curve, or the root mean squared error.</param>
internal sealed record PeerMeasurement(string Peer, double Fit, double Score, double Quality);
