namespace ModelTraining;

/// <summary>Weights that begin to be trained.</summary>
/// <param name="AfterEpochs">After how many epochs; 0 for from the beginning.</param>
/// <param name="Pattern">Their names, with * for any characters and ? for one, for example encoder.layer.11.*.</param>
public sealed record ThawStep(int AfterEpochs, string Pattern);
